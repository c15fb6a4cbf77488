package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.transport.TransportException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamClientTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Request-Id: r1\r\n\r\nok";

    private final UpstreamClient client = UpstreamClient.builder()
            .proxy(ProxySettings.direct())
            .maxBodyBytes(100_000)
            .build();

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void sends_method_headers_and_body_and_reads_the_whole_answer() {
        try (RawServer server = RawServer.answering(OK)) {
            UpstreamRequest request = UpstreamRequest.postJson(
                    server.uri("/v1/chat?alt=sse"), Map.of("X-Key", "k"), "{\"a\":1}".getBytes(UTF_8));

            UpstreamResponse response = client.send(request, AttemptControl.withDefaults());

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers().first("x-request-id")).contains("r1");
            assertThat(new String(response.body(), UTF_8)).isEqualTo("ok");
            assertThat(server.heads.get(0))
                    .startsWith("POST /v1/chat?alt=sse HTTP/1.1\r\n")
                    .containsIgnoringCase("x-key: k\r\n")
                    .containsIgnoringCase("content-type: application/json\r\n")
                    .doesNotContainIgnoringCase("upgrade")
                    .doesNotContainIgnoringCase("accept-encoding");
        }
    }

    @Test
    void reuses_a_connection_whose_answer_was_read_to_its_end() {
        try (RawServer server = RawServer.answering(OK)) {
            for (int i = 0; i < 5; i++) {
                client.send(get(server, "/" + i), AttemptControl.withDefaults());
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void gives_back_error_statuses_as_answers() {
        try (RawServer server = RawServer.answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 4\r\n\r\nnope")) {
            UpstreamResponse response = client.send(get(server, "/"), AttemptControl.withDefaults());

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.isSuccess()).isFalse();
            assertThat(new String(response.body(), UTF_8)).isEqualTo("nope");
        }
    }

    @Test
    void does_not_follow_redirects() {
        try (RawServer other = RawServer.answering(OK);
                RawServer server = RawServer.answering("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other.uri("/")
                        + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(client.send(get(server, "/"), AttemptControl.withDefaults())
                            .status())
                    .isEqualTo(307);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void reads_a_body_that_ends_with_the_connection() {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end");
        })) {
            UpstreamResponse response = client.send(get(server, "/"), AttemptControl.withDefaults());
            assertThat(new String(response.body(), UTF_8)).isEqualTo("to the end");
        }
    }

    @Test
    void refuses_a_body_over_the_limit_and_closes_its_connection() throws InterruptedException {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.startStream();
            while (true) {
                exchange.chunk("x".repeat(10_000));
            }
        })) {
            TransportException e = failure(() -> client.send(get(server, "/p?q=1"), AttemptControl.withDefaults()));

            assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(e).hasMessage("http://127.0.0.1:" + server.port() + " sent more than 100000 bytes");
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void unpacks_gzip_that_nobody_asked_for() {
        try (RawServer server = gzipServer("{\"packed\":true}")) {
            UpstreamResponse response = client.send(get(server, "/"), AttemptControl.withDefaults());
            assertThat(new String(response.body(), UTF_8)).isEqualTo("{\"packed\":true}");
        }
    }

    @Test
    void refuses_gzip_that_unpacks_to_more_than_the_limit() {
        try (RawServer server = gzipServer("x".repeat(100_001))) {
            assertThat(failure(() -> client.send(get(server, "/"), AttemptControl.withDefaults()))
                            .reason())
                    .isEqualTo(Reason.TOO_LARGE);
        }
    }

    @Test
    void refuses_an_encoding_that_it_does_not_know() {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nxx")) {
            TransportException e = failure(() -> client.send(get(server, "/"), AttemptControl.withDefaults()));
            assertThat(e.reason()).isEqualTo(Reason.BROKEN);
            assertThat(e).hasMessageContaining("'br'");
        }
    }

    @Test
    void says_that_a_connection_was_refused() throws IOException {
        int port = unusedPort();
        TransportException e = failure(
                () -> client.send(get(URI.create("http://127.0.0.1:" + port + "/p?key=s3cret")), withDefaults()));

        assertThat(e.reason()).isEqualTo(Reason.CONNECT);
        assertThat(e).hasMessageStartingWith("http://127.0.0.1:" + port + " cannot be reached: ");
        assertThat(e.getMessage()).doesNotContain("s3cret");
    }

    @Test
    void says_that_a_host_name_does_not_resolve() {
        TransportException e =
                failure(() -> client.send(get(URI.create("http://no-such-host.invalid/")), withDefaults()));

        assertThat(e.reason()).isEqualTo(Reason.CONNECT);
        assertThat(e).hasMessageContaining("http://no-such-host.invalid").hasMessageContaining("does not resolve");
    }

    @Test
    void says_that_the_connection_broke_before_the_answer() {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.reset();
        })) {
            TransportException e = failure(() -> client.send(post(server), withDefaults()));
            assertThat(e.reason()).isEqualTo(Reason.BROKEN);
            assertThat(e).hasMessageStartingWith("http://127.0.0.1:" + server.port() + " broke the connection");
        }
    }

    @Test
    void says_that_the_connection_was_closed_without_an_answer_and_does_not_send_again() {
        try (RawServer server = new RawServer(RawServer.Exchange::readRequest)) {
            assertThat(failure(() -> client.send(post(server), withDefaults())).reason())
                    .isEqualTo(Reason.BROKEN);
            assertThat(server.heads).hasSize(1);
        }
    }

    @Test
    void says_that_the_answer_was_cut_off() {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
        })) {
            assertThat(failure(() -> client.send(post(server), withDefaults())).reason())
                    .isEqualTo(Reason.BROKEN);
        }
    }

    @Test
    void does_not_repeat_what_came_instead_of_http() {
        try (RawServer server = RawServer.answering("SSH-2.0-leaked-text\r\n\r\n")) {
            TransportException e = failure(() -> client.send(post(server), withDefaults()));

            assertThat(e.reason()).isEqualTo(Reason.BROKEN);
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("leaked-text");
            }
        }
    }

    @Test
    void does_not_repeat_a_header_value_that_cannot_be_sent() {
        UpstreamRequest request = UpstreamRequest.get(URI.create("http://127.0.0.1:1/"), Map.of("X-Key", "s3cret\nx"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.send(request, withDefaults()))
                .withMessageContaining("X-Key")
                .withMessageNotContaining("s3cret")
                .withNoCause();
    }

    @Test
    void refuses_an_address_that_is_not_http() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.send(get(URI.create("ftp://example.com/")), withDefaults()))
                .withMessageContaining("ftp://example.com/");
    }

    @Test
    void refuses_calls_after_it_is_closed() {
        client.close();
        client.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> client.send(get(URI.create("http://127.0.0.1:1/")), withDefaults()));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void refuses_limits_that_are_not_positive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UpstreamClient.builder().connectTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UpstreamClient.builder().maxBodyBytes(0));
        assertThatThrownBy(() -> UpstreamClient.builder().proxy(null)).isInstanceOf(NullPointerException.class);
    }

    private static RawServer gzipServer(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
            exchange.out.write(packed.toByteArray());
        });
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static AttemptControl withDefaults() {
        return AttemptControl.withDefaults();
    }

    private static UpstreamRequest get(RawServer server, String path) {
        return get(server.uri(path));
    }

    private static UpstreamRequest get(URI uri) {
        return UpstreamRequest.get(uri, Map.of());
    }

    private static UpstreamRequest post(RawServer server) {
        return UpstreamRequest.postJson(server.uri("/"), Map.of(), "{}".getBytes(UTF_8));
    }

    private static TransportException failure(Runnable call) {
        return catchThrowableOfType(TransportException.class, call::run);
    }
}
