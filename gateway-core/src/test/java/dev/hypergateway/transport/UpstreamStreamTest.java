package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.transport.TransportException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
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
                UpstreamStream stream = open(server)) {
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
                UpstreamStream stream = open(server)) {
            assertThat(stream.next()).isEqualTo(new SseEvent(null, "early", null));
        }
    }

    @Test
    void delivers_what_came_before_a_break_and_then_says_that_it_broke() throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        try (RawServer server = new RawServer(exchange -> {
                    exchange.readRequest();
                    exchange.startStream();
                    exchange.chunk("data: one\n\ndata: tw");
                    awaitQuietly(read);
                    exchange.reset();
                });
                UpstreamStream stream = open(server)) {
            assertThat(stream.next()).isEqualTo(data("one"));
            read.countDown();

            TransportException e = failure(stream::next);
            assertThat(e.reason()).isEqualTo(Reason.BROKEN);
            assertThat(e).hasMessageStartingWith("http://127.0.0.1:" + server.port() + " broke the connection in the");
            assertThat(failure(stream::next)).isSameAs(e);
            assertThat(failure(() -> stream.readBody(10))).isSameAs(e);
        }
    }

    @RepeatedTest(50)
    void gives_status_and_headers_even_when_the_body_breaks_at_once() {
        try (RawServer server = new RawServer(exchange -> {
                    exchange.readRequest();
                    exchange.write("HTTP/1.1 401 Unauthorized\r\nX-Id: 7\r\nContent-Length: 100\r\n\r\n{");
                });
                UpstreamStream stream = open(server)) {
            assertThat(stream.status()).isEqualTo(401);
            assertThat(stream.headers().first("x-id")).contains("7");
            assertThat(failure(() -> stream.readBody(1000)).reason()).isEqualTo(Reason.BROKEN);
        }
    }

    @Test
    void an_end_of_the_connection_within_chunks_is_a_break_and_not_an_end() {
        try (RawServer server = new RawServer(exchange -> {
                    exchange.readRequest();
                    exchange.startStream();
                    exchange.chunk("data: one\n\n");
                });
                UpstreamStream stream = open(server)) {
            assertThat(failure(() -> rest(stream)).reason()).isEqualTo(Reason.BROKEN);
        }
    }

    @Test
    void delivers_an_event_that_the_end_of_the_body_cuts_off() {
        try (RawServer server = body("data: one\n\ndata: two");
                UpstreamStream stream = open(server)) {
            assertThat(rest(stream)).containsExactly(data("one"), data("two"));
        }
    }

    @Test
    void peeks_at_the_first_visible_byte_and_leaves_it() {
        try (RawServer server = body("\uFEFF\r\n\n data: one\n\n\n");
                UpstreamStream stream = open(server)) {
            assertThat(stream.peek()).isEqualTo('d');
            assertThat(stream.peek()).isEqualTo('d');
        }
        try (RawServer server = body("\uFEFF\n\ndata: one\n\n");
                UpstreamStream stream = open(server)) {
            assertThat(stream.peek()).isEqualTo('d');
            assertThat(rest(stream)).containsExactly(data("one"));
        }
    }

    @Test
    void reads_what_peek_has_seen_as_a_body() {
        try (RawServer server = body(" {\"error\":{}}");
                UpstreamStream stream = open(server)) {
            assertThat(stream.peek()).isEqualTo('{');
            assertThat(new String(stream.readBody(1000), UTF_8)).isEqualTo(" {\"error\":{}}");
            assertThat(stream.peek()).isEqualTo(-1);
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void peeks_nothing_in_an_empty_body() {
        try (RawServer server = body("");
                UpstreamStream stream = open(server)) {
            assertThat(stream.peek()).isEqualTo(-1);
            assertThat(stream.next()).isNull();
            assertThat(stream.readBody(10)).isEmpty();
        }
    }

    @Test
    void keeps_no_more_of_a_body_than_the_limit() {
        try (RawServer server = body("0123456789".repeat(10_000));
                UpstreamStream stream = open(server)) {
            assertThat(new String(stream.readBody(15), UTF_8)).isEqualTo("012345678901234");
        }
    }

    @Test
    void reads_as_body_what_next_has_not_taken() {
        try (RawServer server = body("data: one\n\n{\"error\":1}");
                UpstreamStream stream = open(server)) {
            assertThat(stream.next()).isEqualTo(data("one"));
            assertThat(new String(stream.readBody(1000), UTF_8)).isEqualTo("{\"error\":1}");
        }
    }

    @Test
    void refuses_a_stream_in_gzip_that_nobody_asked_for() {
        try (RawServer server = RawServer.answering(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nxxxx");
                UpstreamStream stream = open(server)) {
            TransportException e = failure(stream::next);
            assertThat(e.reason()).isEqualTo(Reason.BROKEN);
            assertThat(e).hasMessageContaining("'gzip', which was not asked for");
        }
    }

    @Test
    void unpacks_an_error_body_in_gzip() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"error\":1}".getBytes(UTF_8));
        }
        try (RawServer server = new RawServer(exchange -> {
                    exchange.readRequest();
                    exchange.write("HTTP/1.1 400 Bad Request\r\nContent-Encoding: gzip\r\n\r\n");
                    exchange.out.write(packed.toByteArray());
                });
                UpstreamStream stream = open(server)) {
            assertThat(new String(stream.readBody(1000), UTF_8)).isEqualTo("{\"error\":1}");
        }
    }

    @Test
    void refuses_an_event_without_end_and_closes_the_connection() throws InterruptedException {
        try (RawServer server = new RawServer(exchange -> {
                    exchange.readRequest();
                    exchange.startStream();
                    exchange.chunk("data: ");
                    String much = "x".repeat(1 << 20);
                    while (true) {
                        exchange.chunk(much);
                    }
                });
                UpstreamStream stream = open(server)) {
            TransportException e = failure(stream::next);
            assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(e)
                    .hasMessageContaining("http://127.0.0.1:" + server.port())
                    .hasMessageContaining("16777216");
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    private static RawServer body(String text) {
        return RawServer.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: " + text.getBytes(UTF_8).length + "\r\n\r\n" + text);
    }

    private static SseEvent data(String data) {
        return new SseEvent(null, data, null);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private UpstreamStream open(RawServer server) {
        return client.open(
                UpstreamRequest.postJson(server.uri("/"), Map.of(), "{}".getBytes(UTF_8)),
                AttemptControl.withDefaults());
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
