package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.transport.TransportException.Reason;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFetcherTest {
    private static final int MOST = 1000;

    private final UpstreamClient http =
            UpstreamClient.builder().proxy(ProxySettings.direct()).build();
    private final MediaFetcher local = MediaFetcher.allowing(InetAddress::isLoopbackAddress);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void fetches_a_body_with_a_length() {
        assertThat(fetched("HTTP/1.1 200 OK\r\nContent-Type: Image/PNG; x=y\r\nContent-Length: 5\r\n\r\nhello"))
                .satisfies(media -> {
                    assertThat(media.mimeType()).isEqualTo("image/png");
                    assertThat(text(media)).isEqualTo("hello");
                });
    }

    @Test
    void fetches_a_body_in_chunks() {
        assertThat(text(fetched(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n")))
                .isEqualTo("hello");
    }

    @Test
    void fetches_a_body_that_ends_with_the_connection() {
        assertThat(text(fetched("HTTP/1.0 200 OK\r\n\r\nhello"))).isEqualTo("hello");
    }

    @Test
    void passes_over_interim_answers() {
        assertThat(
                        text(
                                fetched(
                                        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")))
                .isEqualTo("hello");
    }

    @Test
    void sends_host_path_and_query() {
        try (RawServer server = once("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            fetch(local, "http://localhost:" + server.port() + "/a%20b?sig=1");

            assertThat(server.heads.get(0))
                    .startsWith("GET /a%20b?sig=1 HTTP/1.1\r\n")
                    .contains("Host: localhost:" + server.port() + "\r\n");
        }
    }

    @Test
    void follows_redirects_and_checks_every_host_again() {
        try (RawServer target = once("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                RawServer source = once("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:" + target.port()
                        + "/x\r\nContent-Length: 0\r\n\r\n")) {
            MediaFetcher onlyFirst =
                    MediaFetcher.allowing(address -> address.getHostAddress().equals("127.0.0.1"));

            assertThatThrownBy(() -> fetch(onlyFirst, source.uri("/").toString()))
                    .isInstanceOf(MediaFetchException.class)
                    .hasMessageContaining("127.0.0.2 is not on the public Internet");
            assertThat(target.connections()).isZero();
        }
    }

    @Test
    void follows_a_relative_redirect() {
        try (RawServer server = new RawServer(exchange -> {
            String head = exchange.readRequest();
            exchange.write(
                    head.startsWith("GET /a ")
                            ? "HTTP/1.1 307 Go\r\nLocation: b?c=d\r\nContent-Length: 0\r\n\r\n"
                            : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        })) {
            assertThat(text(fetch(local, server.uri("/a").toString()))).isEqualTo("ok");
            assertThat(server.heads.get(1)).startsWith("GET /b?c=d ");
        }
    }

    @Test
    void gives_up_on_a_circle_of_redirects() {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
        })) {
            assertRefused(local, server.uri("/").toString(), "more than 5 redirects");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://2130706433/",
                "http://127.1/",
                "http://10.1.2.3/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[fd00:ec2::254]/",
                "http://0.0.0.0/"
            })
    void refuses_what_is_not_public(String address) {
        assertThatThrownBy(() -> fetch(MediaFetcher.publicOnly(), address)).isInstanceOf(MediaFetchException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/a.png",
                "file:///etc/passwd",
                "jar:http://example.com!/a",
                "picture.png",
                "//example.com/a",
                "http://user:secret@example.com/a",
                "http:///a",
                "not a url"
            })
    void refuses_other_schemes_and_broken_addresses(String address) {
        assertThatThrownBy(() -> fetch(local, address))
                .isInstanceOf(MediaFetchException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void refuses_a_redirect_to_another_scheme() {
        assertRefusedAnswer("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n", "not file:");
    }

    @Test
    void refuses_more_than_is_allowed_however_it_is_framed() {
        String large = "x".repeat(MOST + 1);
        assertRefusedAnswer("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", "1000 bytes");
        assertRefusedAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + large, "1000 bytes");
        assertRefusedAnswer(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + ("64\r\n" + "x".repeat(100) + "\r\n").repeat(11),
                "1000 bytes");
        assertRefusedAnswer("HTTP/1.1 200 OK\r\n\r\n" + large, "1000 bytes");
    }

    @Test
    void tells_of_errors_and_of_what_is_not_HTTP() {
        assertRefusedAnswer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "HTTP 404");
        assertRefusedAnswer("SSH-2.0-OpenSSH\r\n", "could not be fetched");
        assertRefusedAnswer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", "could not be fetched");
        assertRefusedAnswer("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "could not be fetched");
    }

    @Test
    void tells_that_a_host_does_not_exist_or_does_not_answer() throws Exception {
        assertRefused(local, "http://no-such-host.invalid/", "does not exist");
        int free;
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertRefused(local, "http://127.0.0.1:" + free + "/", "cannot be reached");
    }

    @Test
    void speaks_TLS_and_checks_the_name(@TempDir Path folder) throws Exception {
        SSLContext context = Tls.context(folder);
        MediaFetcher trusting = new MediaFetcher(InetAddress::isLoopbackAddress, context::getSocketFactory);
        try (RawServer server = new RawServer(Tls.serverSocket(context), exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        })) {
            assertThat(text(fetch(trusting, "https://127.0.0.1:" + server.port() + "/")))
                    .isEqualTo("ok");
            assertRefused(trusting, "https://localhost:" + server.port() + "/", "TLS");
            assertRefused(local, "https://127.0.0.1:" + server.port() + "/", "TLS");
        }
    }

    @Test
    void goes_through_the_proxy_where_there_is_one() {
        try (RawServer proxy = once("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                UpstreamClient proxied = UpstreamClient.builder()
                        .proxy(ProxySettings.of("http://127.0.0.1:" + proxy.port(), ""))
                        .build()) {
            MediaFetcher.Media media = MediaFetcher.publicOnly()
                    .fetch("http://no-such-host.invalid/a", MOST, proxied, AttemptControl.withDefaults());

            assertThat(text(media)).isEqualTo("ok");
            assertThat(proxy.heads.get(0)).startsWith("GET http://no-such-host.invalid/a ");
            assertThatThrownBy(() -> MediaFetcher.publicOnly()
                            .fetch("http://10.0.0.1/a", MOST, proxied, AttemptControl.withDefaults()))
                    .isInstanceOf(MediaFetchException.class);
        }
    }

    @Test
    void ends_when_the_call_is_cancelled() throws Exception {
        Cancellation cancellation = new Cancellation();
        AttemptControl control = new AttemptControl(Timeouts.DEFAULTS, Duration.ofMinutes(1), cancellation);
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            cancellation.cancel();
            exchange.awaitClose();
        })) {
            assertThatThrownBy(() -> local.fetch(server.uri("/").toString(), MOST, http, control))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.CANCELLED));
            assertThat(server.sawPeerClose()).isTrue();
        }
    }

    @Test
    void ends_with_the_time_of_the_call_even_when_bytes_drip() {
        try (RawServer server = new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write("HTTP/1.1 200 OK\r\n\r\n");
            exchange.awaitClose();
        })) {
            // Sockets count in milliseconds and may be through a moment before the call is, so one fetch proves little.
            for (int micros = 20_000; micros < 30_000; micros += 250) {
                AttemptControl control =
                        new AttemptControl(Timeouts.DEFAULTS, Duration.ofNanos(micros * 1000L), new Cancellation());
                assertThatThrownBy(() -> local.fetch(server.uri("/").toString(), MOST, http, control))
                        .isInstanceOfSatisfying(
                                TransportException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.TOTAL_TIMEOUT));
            }
        }
    }

    private void assertRefusedAnswer(String answer, String words) {
        try (RawServer server = once(answer)) {
            assertRefused(local, server.uri("/").toString(), words);
        }
    }

    private void assertRefused(MediaFetcher fetcher, String address, String words) {
        assertThatThrownBy(() -> fetch(fetcher, address))
                .isInstanceOf(MediaFetchException.class)
                .hasMessageContaining(words);
    }

    private MediaFetcher.Media fetched(String answer) {
        try (RawServer server = once(answer)) {
            return fetch(local, server.uri("/").toString());
        }
    }

    private MediaFetcher.Media fetch(MediaFetcher fetcher, String address) {
        return fetcher.fetch(address, MOST, http, AttemptControl.withDefaults());
    }

    /** Answers one request per connection and closes it. */
    private static RawServer once(String answer) {
        return new RawServer(exchange -> {
            exchange.readRequest();
            exchange.write(answer);
        });
    }

    private static String text(MediaFetcher.Media media) {
        return new String(media.body(), StandardCharsets.UTF_8);
    }
}
