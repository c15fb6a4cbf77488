package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {
    @Test
    void takes_the_proxy_by_the_scheme_of_the_target() {
        ProxySettings settings = env(Map.of("HTTPS_PROXY", "http://s:1", "HTTP_PROXY", "http://p:2"));
        assertThat(proxyFor(settings, "https://a.example/")).isEqualTo("s:1");
        assertThat(proxyFor(settings, "HTTP://a.example/")).isEqualTo("p:2");
    }

    @Test
    void takes_all_proxy_where_there_is_no_special_one() {
        ProxySettings settings = env(Map.of("ALL_PROXY", "http://all:1", "http_proxy", "http://p:2"));
        assertThat(proxyFor(settings, "https://a.example/")).isEqualTo("all:1");
        assertThat(proxyFor(settings, "http://a.example/")).isEqualTo("p:2");
    }

    @Test
    void prefers_small_letters() {
        ProxySettings settings = env(Map.of(
                "https_proxy",
                "http://small:1",
                "HTTPS_PROXY",
                "http://big:1",
                "no_proxy",
                "a.example",
                "NO_PROXY",
                "*"));
        assertThat(proxyFor(settings, "https://b.example/")).isEqualTo("small:1");
        assertThat(proxyFor(settings, "https://a.example/")).isEqualTo("direct");
    }

    @Test
    void does_not_believe_http_proxy_in_capitals_in_cgi() {
        ProxySettings settings = env(Map.of("HTTP_PROXY", "http://forged:1", "REQUEST_METHOD", "GET"));
        assertThat(settings).isSameAs(ProxySettings.ofJvm());
    }

    @Test
    void leaves_the_choice_to_the_jvm_without_variables() {
        assertThat(env(Map.of())).isSameAs(ProxySettings.ofJvm());
        assertThat(env(Map.of("HTTPS_PROXY", " ", "NO_PROXY", "*"))).isSameAs(ProxySettings.ofJvm());
    }

    @Test
    void goes_direct_when_told_so() {
        assertThat(proxyFor(ProxySettings.direct(), "https://a.example/")).isEqualTo("direct");
    }

    @Test
    void takes_one_proxy_for_everything() {
        ProxySettings settings = ProxySettings.of("http://p:1", "a.example");
        assertThat(proxyFor(settings, "https://b.example/")).isEqualTo("p:1");
        assertThat(proxyFor(settings, "http://b.example/")).isEqualTo("p:1");
        assertThat(proxyFor(settings, "http://a.example/")).isEqualTo("direct");
    }

    @ParameterizedTest
    @CsvSource({
        "proxy:3128, proxy:3128",
        "http://proxy, proxy:80",
        "HTTP://proxy:3128/, proxy:3128",
        "http://[2001:db8::1]:8080, 2001:db8::1:8080",
        "http://u:p@10.0.0.1:8080, 10.0.0.1:8080"
    })
    void reads_addresses_as_curl_does(String value, String expected) {
        assertThat(proxyFor(env(Map.of("HTTPS_PROXY", value)), "https://a.example/"))
                .isEqualTo(expected);
    }

    @Test
    void decodes_user_and_password() {
        assertThat(authorization("http://us%40er:p%3Aa+%25@p:1")).isEqualTo(basic("us@er:p:a+%"));
        assertThat(authorization("http://token@p:1")).isEqualTo(basic("token:"));
        assertThat(authorization("http://p:1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:s3cret@host:port",
                "http://user:s3cret@",
                "http://user:s3cret @host:1",
                "http://user:s3cret%@host:1",
                "http://user:s3cret%zz@host:1",
                "http://user:s3cret@host:70000",
                "http://user:s3cret@host:0",
                "socks5://user:s3cret@host:1080",
                "https://user:s3cret@host:443",
                "://user:s3cret@host"
            })
    void names_the_variable_of_a_malformed_address_and_not_its_value(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> env(Map.of("ALL_PROXY", value)))
                .withMessageContaining("ALL_PROXY")
                .withMessageNotContaining("s3cret")
                .withNoCause();
    }

    @Test
    void shows_no_credentials() {
        assertThat(env(Map.of("HTTPS_PROXY", "http://user:s3cret@host:1")))
                .hasToString("ProxySettings[http=null, https=host:1]");
    }

    @Test
    void names_the_peer_by_scheme_host_and_port_only() {
        ProxySettings settings = env(Map.of("HTTPS_PROXY", "http://user:s3cret@proxy:1"));
        assertThat(settings.peer(URI.create("https://u:p@a.example:8443/path?key=k")))
                .isEqualTo("https://a.example:8443 (through the proxy proxy:1)");
        assertThat(settings.peer(URI.create("http://a.example/path"))).isEqualTo("http://a.example");
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String authorization(String proxy) {
        return env(Map.of("HTTPS_PROXY", proxy)).authorization(URI.create("https://a.example/"));
    }

    private static ProxySettings env(Map<String, String> environment) {
        return ProxySettings.fromEnvironment(environment);
    }

    private static String proxyFor(ProxySettings settings, String target) {
        Proxy proxy = settings.selector().select(URI.create(target)).get(0);
        return proxy.address() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : "direct";
    }
}
