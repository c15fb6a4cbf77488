package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.transport.TransportException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String BASIC_U_P = "Basic dTpwQHNz";

    @TempDir
    private static Path folder;

    private static SSLContext tls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = Tls.context(folder);
    }

    @Test
    void sends_requests_for_http_targets_to_the_proxy_in_absolute_form() {
        try (RawServer proxy = RawServer.answering(OK);
                UpstreamClient client = through(Map.of("HTTP_PROXY", "127.0.0.1:" + proxy.port()))) {
            assertThat(text(client.send(get("http://vendor.test/path?q=1"), AttemptControl.withDefaults())))
                    .isEqualTo("hello");
            assertThat(proxy.heads.get(0)).startsWith("GET http://vendor.test/path?q=1 HTTP/1.1\r\n");
        }
    }

    @Test
    void gives_credentials_to_the_proxy_of_http_targets_with_the_first_request() {
        try (RawServer proxy = RawServer.answering(OK);
                UpstreamClient client = through(Map.of("http_proxy", "http://u:p%40ss@127.0.0.1:" + proxy.port()))) {
            client.send(get("http://vendor.test/"), AttemptControl.withDefaults());

            assertThat(proxy.heads).hasSize(1);
            assertThat(proxy.heads.get(0)).contains("Proxy-Authorization: " + BASIC_U_P + "\r\n");
        }
    }

    @Test
    void gives_no_proxy_credentials_to_a_target_that_is_reached_directly() {
        try (RawServer direct = RawServer.answering(OK);
                UpstreamClient client = through(Map.of("http_proxy", "http://u:p%40ss@127.0.0.1:9"))) {
            client.send(get(direct.uri("/").toString()), AttemptControl.withDefaults());

            assertThat(direct.heads.get(0)).startsWith("GET / HTTP/1.1\r\n").doesNotContain("Proxy-");
        }
    }

    @Test
    void tunnels_https_targets_with_connect() throws IOException {
        try (RawServer vendor = new RawServer(Tls.serverSocket(tls), exchange -> {
                    while (exchange.readRequest() != null) {
                        exchange.write(OK);
                    }
                });
                RawServer proxy = TunnelProxy.to(vendor.port(), null);
                UpstreamClient client = through(Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()))) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(client.send(get("https://vendor.test/v1"), AttemptControl.withDefaults())))
                        .isEqualTo("hello");
            }
            assertThat(proxy.heads).hasSize(1);
            assertThat(proxy.heads.get(0)).startsWith("CONNECT vendor.test:443 HTTP/1.1\r\n");
            assertThat(vendor.heads).hasSize(3).allMatch(head -> head.startsWith("GET /v1 HTTP/1.1\r\n"));
        }
    }

    @Test
    void gives_credentials_to_the_proxy_of_a_tunnel_and_not_to_the_vendor() throws Exception {
        try (RawServer vendor = new RawServer(Tls.serverSocket(tls), exchange -> {
                    while (exchange.readRequest() != null) {
                        exchange.write(OK);
                    }
                });
                RawServer proxy = TunnelProxy.to(vendor.port(), BASIC_U_P)) {
            assertThat(probe(List.of(), proxy, "u:p%40ss")).contains("200 hello");
            assertThat(proxy.heads).hasSize(1);
            assertThat(vendor.heads).hasSize(1).allMatch(head -> !head.contains("Proxy-"));
        }
    }

    @Test
    void says_how_to_let_a_tunnel_have_credentials_when_the_jvm_forbids_them() throws Exception {
        try (RawServer proxy = TunnelProxy.to(9, BASIC_U_P)) {
            String output = probe(List.of("-Djdk.http.auth.tunneling.disabledSchemes=Basic"), proxy, "u:p%40ss");

            assertThat(output)
                    .contains("CONNECT https://vendor.test (through the proxy 127.0.0.1:" + proxy.port() + ")")
                    .contains("-Djdk.http.auth.tunneling.disabledSchemes=")
                    .doesNotContain("p@ss")
                    .doesNotContain("p%40ss");
        }
    }

    @Test
    void says_that_the_proxy_refuses_the_tunnel() {
        try (RawServer proxy = RawServer.answering("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad");
                UpstreamClient client = through(Map.of("ALL_PROXY", "127.0.0.1:" + proxy.port()))) {
            TransportException e = failure(client, "https://vendor.test/");

            assertThat(e.reason()).isEqualTo(Reason.CONNECT);
            assertThat(e).hasMessageContaining("through the proxy 127.0.0.1:" + proxy.port());
        }
    }

    @Test
    void says_which_proxy_cannot_be_reached() {
        RawServer gone = RawServer.answering("");
        gone.close();
        try (UpstreamClient client = through(Map.of("ALL_PROXY", "127.0.0.1:" + gone.port()))) {
            TransportException e = failure(client, "http://vendor.test/");

            assertThat(e.reason()).isEqualTo(Reason.CONNECT);
            assertThat(e).hasMessageContaining("(through the proxy 127.0.0.1:" + gone.port() + ")");
        }
    }

    @Test
    void says_why_a_certificate_is_not_trusted_and_what_to_do() throws IOException {
        try (RawServer vendor = new RawServer(Tls.serverSocket(tls), RawServer.Exchange::readRequest);
                UpstreamClient client =
                        UpstreamClient.builder().proxy(ProxySettings.direct()).build()) {
            TransportException e = failure(client, "https://127.0.0.1:" + vendor.port() + "/");

            assertThat(e.reason()).isEqualTo(Reason.TLS);
            assertThat(e).hasMessageContaining("PKIX path building failed").hasMessageContaining("trust store");
        }
    }

    @Test
    void says_that_the_peer_does_not_speak_tls() {
        try (RawServer vendor = new RawServer(exchange -> exchange.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
                UpstreamClient client =
                        UpstreamClient.builder().proxy(ProxySettings.direct()).build()) {
            assertThat(failure(client, "https://127.0.0.1:" + vendor.port() + "/")
                            .reason())
                    .isEqualTo(Reason.TLS);
        }
    }

    @Test
    void a_sibling_trusts_another_authority_and_ends_with_the_client() throws Exception {
        try (RawServer vendor = new RawServer(Tls.serverSocket(tls), exchange -> {
            while (exchange.readRequest() != null) {
                exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        })) {
            UpstreamClient client =
                    UpstreamClient.builder().proxy(ProxySettings.direct()).build();
            String uri = "https://127.0.0.1:" + vendor.port() + "/";
            UpstreamClient sibling = client.with(tls);

            assertThat(text(sibling.send(get(uri), AttemptControl.withDefaults())))
                    .isEqualTo("ok");
            assertThat(client.with(tls)).isSameAs(sibling);
            assertThat(failure(client, uri).reason()).isEqualTo(Reason.TLS);

            client.close();
            assertThatIllegalStateException().isThrownBy(() -> sibling.send(get(uri), AttemptControl.withDefaults()));
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.with(tls).send(get(uri), AttemptControl.withDefaults()));
        }
    }

    private static String probe(List<String> options, RawServer proxy, String userInfo) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TunnelProbe.class.getName()));
        command.addAll(List.of(
                Integer.toString(proxy.port()),
                userInfo,
                folder.resolve("vendor.p12").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static UpstreamClient through(Map<String, String> environment) {
        return UpstreamClient.builder()
                .proxy(ProxySettings.fromEnvironment(environment))
                .sslContext(tls)
                .build();
    }

    private static UpstreamRequest get(String uri) {
        return UpstreamRequest.get(URI.create(uri), Map.of());
    }

    private static String text(UpstreamResponse response) {
        return new String(response.body(), UTF_8);
    }

    private static TransportException failure(UpstreamClient client, String uri) {
        return catchThrowableOfType(
                TransportException.class, () -> client.send(get(uri), AttemptControl.withDefaults()));
    }
}
