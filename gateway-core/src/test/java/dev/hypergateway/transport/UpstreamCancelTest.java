package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.transport.TransportException.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UpstreamCancelTest {
    private final UpstreamClient client =
            UpstreamClient.builder().proxy(ProxySettings.direct()).build();
    private final ExecutorService threads = Threads.perTask("cancel-test");
    private final Cancellation cancellation = new Cancellation();
    private final AttemptControl control = new AttemptControl(Timeouts.DEFAULTS, Duration.ofMinutes(5), cancellation);

    @AfterEach
    void close() {
        assertThat(Thread.currentThread().isInterrupted())
                .as("no leaked interrupt")
                .isFalse();
        client.close();
        threads.shutdownNow();
    }

    @Test
    void ends_an_open_that_waits_for_headers() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (RawServer server = silent(arrived)) {
            Future<TransportException> failure =
                    threads.submit(() -> failure(() -> client.open(request(server), control)));
            arrived.await();
            cancellation.cancel();

            assertThat(failure.get().reason()).isEqualTo(Reason.CANCELLED);
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void ends_a_send_that_waits_for_the_answer() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (RawServer server = silent(arrived)) {
            Future<TransportException> failure =
                    threads.submit(() -> failure(() -> client.send(request(server), control)));
            arrived.await();
            cancellation.cancel();

            assertThat(failure.get())
                    .hasMessage("the call to http://127.0.0.1:" + server.port() + " was cancelled")
                    .extracting(TransportException::reason)
                    .isEqualTo(Reason.CANCELLED);
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void a_call_that_is_cancelled_before_it_begins_is_not_sent() {
        try (RawServer server = silent(new CountDownLatch(1))) {
            cancellation.cancel();

            assertThat(failure(() -> client.send(request(server), control)).reason())
                    .isEqualTo(Reason.CANCELLED);
            assertThat(failure(() -> client.open(request(server), control)).reason())
                    .isEqualTo(Reason.CANCELLED);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void ends_a_next_that_waits_and_closes_the_connection() throws Exception {
        try (RawServer server = stalling()) {
            Future<TransportException> failure = threads.submit(() -> {
                try (UpstreamStream stream = client.open(request(server), control)) {
                    assertThat(stream.next()).isNotNull();
                    return failure(stream::next);
                }
            });
            await().until(() -> server.heads.size() == 1);
            cancellation.cancel();
            cancellation.cancel();

            assertThat(failure.get().reason()).isEqualTo(Reason.CANCELLED);
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void closing_from_another_thread_ends_a_next_that_waits() throws Exception {
        try (RawServer server = stalling()) {
            UpstreamStream stream = client.open(request(server), control);
            assertThat(stream.next()).isNotNull();
            Future<TransportException> failure = threads.submit(() -> failure(stream::next));
            stream.close();
            stream.close();

            assertThat(failure.get().reason()).isEqualTo(Reason.CANCELLED);
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void closing_an_unfinished_stream_closes_its_connection() throws Exception {
        try (RawServer server = stalling()) {
            client.open(request(server), control).close();
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void closing_a_stream_that_the_vendor_goes_on_with_closes_its_connection() throws Exception {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.startStream();
            while (true) {
                exchange.chunk("data: more\n\n");
            }
        })) {
            try (UpstreamStream stream = client.open(request(server), control)) {
                assertThat(stream.next()).isNotNull();
            }
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void cancelling_after_the_end_does_nothing_and_the_connection_is_reused() {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ndata: x\n\n")) {
            try (UpstreamStream stream = client.open(request(server), control)) {
                assertThat(stream.next()).isNotNull();
                assertThat(stream.next()).isNull();
                cancellation.cancel();
                assertThat(stream.next()).isNull();
            }
            assertThat(client.send(request(server), AttemptControl.withDefaults())
                            .status())
                    .isEqualTo(200);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_stream_closed_after_its_last_event_leaves_its_connection_for_reuse() {
        try (RawServer server = new RawServer(exchange -> {
            while (exchange.readRequest() != null) {
                exchange.startStream();
                exchange.chunk("data: [DONE]\n\n");
                exchange.endStream();
            }
        })) {
            await().until(() -> {
                int before = server.connections();
                try (UpstreamStream stream = client.open(request(server), AttemptControl.withDefaults())) {
                    assertThat(stream.next()).isEqualTo(new SseEvent(null, "[DONE]", null));
                }
                return before > 0 && server.connections() == before;
            });
        }
    }

    @Test
    void an_interrupt_of_the_caller_ends_the_call_and_stays_visible() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        AtomicBoolean flag = new AtomicBoolean();
        AtomicReference<TransportException> failure = new AtomicReference<>();
        try (RawServer server = silent(arrived)) {
            Thread caller = Threads.daemons("caller").newThread(() -> {
                failure.set(failure(() -> client.open(request(server), control)));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            arrived.await();
            caller.interrupt();
            caller.join();

            assertThat(failure.get().reason()).isEqualTo(Reason.CANCELLED);
            assertThat(flag).isTrue();
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void an_interrupt_while_reading_ends_the_stream_and_stays_visible() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        AtomicBoolean flag = new AtomicBoolean();
        AtomicReference<TransportException> failure = new AtomicReference<>();
        try (RawServer server = stalling()) {
            Thread caller = Threads.daemons("caller").newThread(() -> {
                try (UpstreamStream stream = client.open(request(server), control)) {
                    stream.next();
                    reading.countDown();
                    failure.set(failure(stream::next));
                    flag.set(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            reading.await();
            caller.interrupt();
            caller.join();

            assertThat(failure.get().reason()).isEqualTo(Reason.CANCELLED);
            assertThat(flag).isTrue();
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void an_interrupt_that_came_before_the_call_ends_it_and_stays_visible() {
        try (RawServer server = RawServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            Thread.currentThread().interrupt();
            TransportException e = failure(() -> client.send(request(server), control));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(e.reason()).isEqualTo(Reason.CANCELLED);
        }
    }

    @Test
    void a_limit_that_races_with_the_answer_leaves_no_interrupt_behind() {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            int answered = 0;
            int tooLate = 0;
            for (int i = 0; i < 3_000; i++) {
                Timeouts racing = Timeouts.DEFAULTS.withHeaders(Duration.ofNanos(100_000 + (i % 50) * 20_000L));
                TransportException e = failure(() -> client.send(
                        request(server), new AttemptControl(racing, Duration.ofMinutes(1), new Cancellation())));
                if (e == null) {
                    answered++;
                } else {
                    assertThat(e.reason()).isEqualTo(Reason.HEADERS_TIMEOUT);
                    tooLate++;
                }
                assertThat(Thread.currentThread().isInterrupted())
                        .as("call %d", i)
                        .isFalse();
            }
            assertThat(answered + tooLate).isEqualTo(3_000);
            assertThat(client.send(request(server), AttemptControl.withDefaults())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void closing_the_client_ends_its_calls() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (RawServer waiting = silent(arrived);
                RawServer stalling = stalling()) {
            UpstreamStream stream = client.open(request(stalling), control);
            Future<TransportException> send =
                    threads.submit(() -> failure(() -> client.send(request(waiting), control)));
            arrived.await();
            client.close();

            assertThat(send.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CANCELLED);
            assertThat(failure(() -> {
                                while (stream.next() != null) {
                                    // What has come already may be read.
                                }
                            })
                            .reason())
                    .isEqualTo(Reason.CANCELLED);
            assertThat(stalling.sawPeerClose()).isTrue();
            assertThat(waiting.sawPeerClose()).isTrue();
        }
    }

    private static RawServer silent(CountDownLatch arrived) {
        return new RawServer(exchange -> {
            exchange.readRequest();
            arrived.countDown();
            exchange.awaitClose();
        });
    }

    private static RawServer stalling() {
        return new RawServer(exchange -> {
            exchange.readRequest();
            exchange.startStream();
            exchange.chunk("data: content\n\n");
            exchange.awaitClose();
        });
    }

    private static UpstreamRequest request(RawServer server) {
        return UpstreamRequest.postJson(server.uri("/"), Map.of(), "{}".getBytes(UTF_8));
    }

    private static TransportException failure(Runnable call) {
        return catchThrowableOfType(TransportException.class, call::run);
    }
}
