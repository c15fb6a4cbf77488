package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int STREAMS = 240;

    private final VendorSandbox sandbox = VendorSandbox.start();
    private final ExecutorService threads = Executors.newFixedThreadPool(STREAMS);

    @AfterEach
    void close() {
        threads.shutdownNow();
        sandbox.close();
    }

    @Test
    void many_streams_at_once_each_get_their_own_text() throws Exception {
        CountDownLatch start = new CountDownLatch(STREAMS);
        List<Future<String>> texts = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            int number = i;
            texts.add(threads.submit(() -> {
                start.countDown();
                start.await();
                return number % 2 == 0 ? gemini(number) : xai(number);
            }));
        }
        for (int i = 0; i < STREAMS; i++) {
            assertThat(texts.get(i).get()).isEqualTo("You said: " + question(i));
        }
        assertThat(sandbox.gemini().requests()).hasSize(STREAMS / 2);
        assertThat(sandbox.xai().requests()).hasSize(STREAMS / 2);
        assertThat(sandbox.xai().attempts("key-1")).isEqualTo(1);
    }

    @Test
    void many_streams_stay_open_at_once() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        sandbox.xai().script("key", Reply.ok().stallAfter(1));
        for (int i = 0; i < STREAMS; i++) {
            RawClient client = RawClient.connect(sandbox.xai());
            clients.add(client);
            client.post("/chat/completions", "Authorization: Bearer key", Bodies.xaiStream(question(i)));
        }
        for (RawClient client : clients) {
            assertThat(client.readUntil("}\n\n\r\n")).contains("You");
        }
        assertThat(sandbox.xai().activeStreams()).isEqualTo(STREAMS);
        assertThat(sandbox.xai().openConnections()).isEqualTo(STREAMS);
        for (RawClient client : clients) {
            client.close();
        }
        assertThat(sandbox.xai().awaitIdle(Duration.ofSeconds(20))).isTrue();
        assertThat(sandbox.xai().requests()).allMatch(request -> request.end() == RecordedRequest.End.ABORTED);
    }

    private String gemini(int number) throws Exception {
        HttpResponse<String> answer =
                Client.gemini(sandbox, "key-" + number, Bodies.GEMINI_STREAM, Bodies.gemini(question(number)));
        return Sse.geminiText(answer.body());
    }

    private String xai(int number) throws Exception {
        HttpResponse<String> answer = Client.xai(sandbox, "key-" + number, Bodies.xaiStream(question(number)));
        return Sse.xaiText(answer.body());
    }

    private static String question(int number) {
        return "I am stream number " + number + " " + "and so on ".repeat(number % 7) + "end " + number;
    }
}
