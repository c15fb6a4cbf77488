package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManyStreamsTest {
    private static final int STREAMS = 200;
    private static final int EVENTS = 50;

    @Test
    void each_of_many_streams_at_once_gets_its_own_text() throws Exception {
        CountDownLatch allOpen = new CountDownLatch(STREAMS);
        ExecutorService threads = Threads.perTask("many-streams");
        try (RawServer server = new RawServer(exchange -> answer(exchange, allOpen));
                UpstreamClient client =
                        UpstreamClient.builder().proxy(ProxySettings.direct()).build()) {
            List<Future<String>> texts = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                String path = "/" + i;
                texts.add(threads.submit(() -> read(client, server, path)));
            }
            for (int i = 0; i < STREAMS; i++) {
                String path = "/" + i;
                assertThat(texts.get(i).get()).isEqualTo((path + " é😀;").repeat(EVENTS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Streams only once all are open. */
    private static void answer(RawServer.Exchange exchange, CountDownLatch allOpen) throws IOException {
        String path = exchange.readRequest().split(" ", -1)[1];
        exchange.startStream();
        allOpen.countDown();
        try {
            allOpen.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        for (int i = 0; i < EVENTS; i++) {
            exchange.chunk("data: " + path + " é😀;\n\n");
        }
        exchange.endStream();
        exchange.awaitClose();
    }

    private static String read(UpstreamClient client, RawServer server, String path) {
        UpstreamRequest request = UpstreamRequest.postJson(server.uri(path), Map.of(), "{}".getBytes(UTF_8));
        StringBuilder text = new StringBuilder();
        try (UpstreamStream stream = client.open(request, AttemptControl.withDefaults())) {
            for (SseEvent event = stream.next(); event != null; event = stream.next()) {
                text.append(event.data());
            }
        }
        return text.toString();
    }
}
