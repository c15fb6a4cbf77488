package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.transport.TransportException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamStreamTest {
    private final UpstreamClient client =
            UpstreamClient.builder().proxy(ProxySettings.direct()).build();

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void gives_the_events_one_by_one_and_null_at_the_end() {
        try (RawServer server = new RawServer(exchange -> {
                    exchange.readRequest();
                    exchange.startStream();
                    exchange.chunk(": hello\n\ndata: one\n\nda");
                    exchange.chunk("ta: two\n\nevent: last\ndata: [DONE]\n\n");
                    exchange.endStream();
                    exchange.awaitClose();
                });
                UpstreamStream stream = open(server, AttemptControl.withDefaults())) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.isSuccess()).isTrue();
            assertThat(stream.headers().hasContentType("text/event-stream")).isTrue();
            assertThat(rest(stream))
                    .containsExactly(
                            new SseEvent(null, "one", null),
                            new SseEvent(null, "two", null),
                            new SseEvent("last", "[DONE]", null));
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void gives_an_event_as_soon_as_it_has_come_not_when_the_body_ends() {
        try (RawServer server = new RawServer(exchange -> {
                    exchange.readRequest();
                    exchange.startStream();
                    exchange.chunk("data: early\n\n");
                    exchange.awaitClose();
                });
                UpstreamStream stream = open(server, AttemptControl.withDefaults())) {
            assertThat(stream.next()).isEqualTo(new SseEvent(null, "early", null));
        }
    }

    @Test
    void delivers_what_came_before_a_break_and_then_says_that_it_broke() {
        try (RawServer server = new RawServer(exchange -> {
                    exchange.readRequest();
                    exchange.startStream();
                    exchange.chunk("data: one\n\ndata: tw");
                });
                UpstreamStream stream = open(server, AttemptControl.withDefaults())) {
            assertThat(stream.next()).isEqualTo(new SseEvent(null, "one", null));
            TransportException e = failure(stream::next);
            assertThat(e.reason()).isEqualTo(Reason.BROKEN);
            assertThat(e).hasMessageStartingWith("http://127.0.0.1:" + server.port() + " broke the connection");
            assertThat(failure(stream::next)).isSameAs(e);
        }
    }

    private UpstreamStream open(RawServer server, AttemptControl control) {
        return client.open(UpstreamRequest.postJson(server.uri("/"), Map.of(), "{}".getBytes(UTF_8)), control);
    }

    private static List<SseEvent> rest(UpstreamStream stream) {
        List<SseEvent> events = new ArrayList<>();
        for (SseEvent event = stream.next(); event != null; event = stream.next()) {
            events.add(event);
        }
        return events;
    }

    private static TransportException failure(Runnable call) {
        return catchThrowableOfType(TransportException.class, call::run);
    }
}
