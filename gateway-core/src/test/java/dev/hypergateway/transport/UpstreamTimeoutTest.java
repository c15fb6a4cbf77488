package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.transport.TransportException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UpstreamTimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);

    private final UpstreamClient client =
            UpstreamClient.builder().proxy(ProxySettings.direct()).build();

    @AfterEach
    void closeClient() {
        assertThat(Thread.currentThread().isInterrupted())
                .as("no leaked interrupt")
                .isFalse();
        client.close();
    }

    @Test
    void open_waits_for_headers_no_longer_than_the_headers_limit() throws InterruptedException {
        try (RawServer server = silent()) {
            TransportException e = failure(() -> open(server, PATIENT.withHeaders(SHORT)));

            assertThat(e.reason()).isEqualTo(Reason.HEADERS_TIMEOUT);
            assertThat(e)
                    .hasMessage(
                            "http://127.0.0.1:" + server.port() + " gave no answer within 150 ms (headers timeout)");
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void open_waits_for_headers_no_longer_than_the_total_limit() {
        try (RawServer server = silent()) {
            TransportException e = failure(() -> open(server, PATIENT.withTotal(SHORT)));

            assertThat(e.reason()).isEqualTo(Reason.TOTAL_TIMEOUT);
            assertThat(e).hasMessageEndingWith(" did not finish its answer within 150 ms (total timeout)");
        }
    }

    @Test
    void send_takes_no_longer_than_the_headers_limit_for_the_whole_answer() throws InterruptedException {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            drip(exchange, "x");
        })) {
            TransportException e = failure(() -> client.send(request(server), control(PATIENT.withHeaders(SHORT))));

            assertThat(e.reason()).isEqualTo(Reason.HEADERS_TIMEOUT);
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void a_call_without_time_left_is_not_sent() {
        try (RawServer server = silent()) {
            AttemptControl control = new AttemptControl(PATIENT, Duration.ofNanos(1), new Cancellation());

            TransportException e = failure(() -> client.send(request(server), control));

            assertThat(e.reason()).isEqualTo(Reason.TOTAL_TIMEOUT);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void a_stream_silent_after_its_headers_runs_into_the_first_token_limit() throws InterruptedException {
        try (RawServer server = streaming(RawServer.Exchange::awaitClose);
                UpstreamStream stream = open(server, PATIENT.withFirstToken(SHORT))) {
            TransportException e = failure(stream::next);

            assertThat(e.reason()).isEqualTo(Reason.FIRST_TOKEN_TIMEOUT);
            assertThat(e).hasMessageEndingWith(" sent no content within 150 ms (first-token timeout)");
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void comments_do_not_put_off_the_first_token_limit() throws InterruptedException {
        try (RawServer server = streaming(exchange -> drip(exchange, ": ping\n\n"));
                UpstreamStream stream =
                        open(server, PATIENT.withFirstToken(SHORT).withIdle(SHORT))) {
            assertThat(failure(stream::next).reason()).isEqualTo(Reason.FIRST_TOKEN_TIMEOUT);
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void a_flood_of_comments_does_not_outrun_the_limit() {
        try (RawServer server = streaming(exchange -> {
                    while (true) {
                        exchange.chunk(": ping\n\n".repeat(1000));
                    }
                });
                UpstreamStream stream = open(server, PATIENT.withFirstToken(SHORT))) {
            assertThat(failure(stream::next).reason()).isEqualTo(Reason.FIRST_TOKEN_TIMEOUT);
        }
    }

    @Test
    void a_stall_after_content_runs_into_the_idle_limit() {
        try (RawServer server = streaming(exchange -> {
            exchange.chunk("data: content\n\n");
            exchange.awaitClose();
        })) {
            AttemptControl control = control(PATIENT.withIdle(SHORT));
            try (UpstreamStream stream = client.open(request(server), control)) {
                assertThat(stream.next()).isNotNull();
                control.markContent();

                TransportException e = failure(stream::next);
                assertThat(e.reason()).isEqualTo(Reason.IDLE_TIMEOUT);
                assertThat(e)
                        .hasMessageEndingWith(" fell silent for 150 ms in the middle of its answer (idle timeout)");
            }
        }
    }

    @Test
    void comments_after_content_are_signs_of_life() {
        try (RawServer server = streaming(exchange -> {
            exchange.chunk("data: content\n\n");
            for (int i = 0; i < 30; i++) {
                pause(20);
                exchange.chunk(": ping\n\n");
            }
            exchange.chunk("data: late\n\n");
            exchange.endStream();
        })) {
            AttemptControl control = control(PATIENT.withIdle(Duration.ofMillis(400)));
            try (UpstreamStream stream = client.open(request(server), control)) {
                assertThat(stream.next()).isNotNull();
                control.markContent();

                assertThat(stream.next()).isEqualTo(new SseEvent(null, "late", null));
            }
        }
    }

    @Test
    void the_total_limit_ends_a_stream_that_goes_on_and_on() {
        try (RawServer server = streaming(exchange -> drip(exchange, "data: more\n\n"))) {
            AttemptControl control = control(PATIENT.withTotal(Duration.ofMillis(300)));
            try (UpstreamStream stream = client.open(request(server), control)) {
                control.markContent();
                TransportException e = failure(() -> {
                    while (stream.next() != null) {
                        // Read on.
                    }
                });
                assertThat(e.reason()).isEqualTo(Reason.TOTAL_TIMEOUT);
            }
        }
    }

    @Test
    void the_connect_timeout_is_told_from_the_others() {
        // Nothing answers in TEST-NET-1 (RFC 5737); where the network says so at once, that is a failure to connect as
        // well.
        try (UpstreamClient hasty = UpstreamClient.builder()
                .proxy(ProxySettings.direct())
                .connectTimeout(SHORT)
                .build()) {
            UpstreamRequest request = UpstreamRequest.get(URI.create("http://192.0.2.1:81/"), Map.of());
            assertThat(failure(() -> hasty.send(request, control(PATIENT))).reason())
                    .isEqualTo(Reason.CONNECT);
        }
    }

    @Test
    void limits_too_long_to_count_in_nanoseconds_are_no_limits() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        AttemptControl control =
                new AttemptControl(new Timeouts(forever, forever, forever, forever), forever, new Cancellation());
        try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(client.send(request(server), control).status()).isEqualTo(204);
        }
    }

    private static RawServer silent() {
        return new RawServer(exchange -> {
            exchange.readRequest();
            exchange.awaitClose();
        });
    }

    private static RawServer streaming(RawServer.Talk talk) {
        return new RawServer(exchange -> {
            exchange.readRequest();
            exchange.startStream();
            talk.with(exchange);
        });
    }

    private static void drip(RawServer.Exchange exchange, String text) throws IOException {
        while (true) {
            exchange.chunk(text);
            pause(10);
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private UpstreamStream open(RawServer server, Timeouts timeouts) {
        return client.open(request(server), control(timeouts));
    }

    private static AttemptControl control(Timeouts timeouts) {
        return new AttemptControl(timeouts, LONG, new Cancellation());
    }

    private static UpstreamRequest request(RawServer server) {
        return UpstreamRequest.postJson(server.uri("/"), Map.of(), "{}".getBytes(UTF_8));
    }

    private static TransportException failure(Runnable call) {
        return catchThrowableOfType(TransportException.class, call::run);
    }
}
