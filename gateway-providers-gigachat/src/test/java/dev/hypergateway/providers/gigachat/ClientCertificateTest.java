package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.AllKeysFailedException;
import dev.hypergateway.Gateway;
import dev.hypergateway.GatewayException;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.recordings.Asked;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.trace.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both hosts behind real TLS that lets in only who shows the right certificate. */
class ClientCertificateTest {
    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"index\":0,"
                    + "\"finish_reason\":\"stop\"}],\"created\":1768996171,\"model\":\"GigaChat:2\",\"object\":\"chat.completion\"}";

    @TempDir
    private Path folder;

    private final LoopbackServer gigachat = new LoopbackServer()
            .always("/v1/chat/completions", Answer.of(200, "application/json", ANSWER))
            .always("/oauth", LoopbackGigaChat.token(4_102_444_800_000L));
    private TestAuthority client;
    private TlsRelay relay;
    private Map<String, String> settings;

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        TestAuthority host = TestAuthority.create(folder, "host");
        client = TestAuthority.create(folder, "client");
        relay = new TlsRelay(host.serverFor(client), gigachat.address("/"), true);
        settings = new HashMap<>(Map.of(
                "GIGACHAT_AUTH_KEY", LoopbackGigaChat.KEY,
                "GIGACHAT_CHAT_URL", relay.https("http://x/v1/chat/completions"),
                "GIGACHAT_TOKEN_URL", relay.https("http://x/oauth"),
                "GIGACHAT_CA_BUNDLE_FILE", host.pem().toString()));
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        gigachat.close();
    }

    @Test
    void shows_the_certificate_to_both_hosts() throws Exception {
        show(client, client.key());

        assertThat(ask()).isEqualTo("Hi");
        assertThat(gigachat.asked())
                .extracting(Asked::uri)
                .extracting(Object::toString)
                .containsExactly("/oauth", "/v1/chat/completions");
    }

    @Test
    void opens_a_key_with_its_password() throws Exception {
        show(client, client.lockedKey("123456"));
        settings.put("GIGACHAT_KEY_FILE_PASSWORD", "123456");

        assertThat(ask()).isEqualTo("Hi");
    }

    @Test
    void the_certificate_alone_stands_for_a_key() throws Exception {
        show(client, client.key());
        settings.put("GIGACHAT_AUTH_KEY", "client-certificate");

        assertThat(ask()).isEqualTo("Hi");
        assertThat(gigachat.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).hasToString("/v1/chat/completions");
            assertThat(asked.header("Authorization")).isNull();
        });
    }

    @Test
    void a_certificate_that_is_refused_is_a_rejected_key_and_no_old_token() throws Exception {
        show(client, client.key());
        settings.put("GIGACHAT_AUTH_KEY", "client-certificate");
        gigachat.answer(
                "/v1/chat/completions",
                Answer.of(401, "application/json", "{\"status\":401,\"message\":\"Unauthorized\"}"));

        GatewayException failure = failure();

        assertThat(failure.trace().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.failure()).isEqualTo(FailureKind.CREDENTIAL_REJECTED));
    }

    @Test
    void without_a_certificate_nobody_gets_in() {
        assertThat(failure().trace().attempts())
                .allSatisfy(attempt -> assertThat(attempt.failure()).isEqualTo(FailureKind.UNAVAILABLE));
        assertThat(gigachat.asked()).isEmpty();
    }

    @Test
    void says_what_is_wrong_with_the_files() throws Exception {
        settings.put("GIGACHAT_AUTH_KEY", "client-certificate");
        assertThat(failure()).hasMessageContaining("GIGACHAT_CERT_FILE");
        settings.put("GIGACHAT_CERT_FILE", client.pem().toString());
        assertThat(failure()).hasMessageContaining("GIGACHAT_KEY_FILE");
        settings.put("GIGACHAT_KEY_FILE", folder.resolve("missing.key").toString());
        assertThat(failure()).hasMessageContaining("missing.key");
        settings.put("GIGACHAT_KEY_FILE", client.pem().toString());
        assertThat(failure()).hasMessageContaining("no private key");
        settings.put("GIGACHAT_KEY_FILE", client.lockedKey("123456").toString());
        assertThat(failure()).hasMessageContaining("GIGACHAT_KEY_FILE_PASSWORD");
        settings.put("GIGACHAT_KEY_FILE_PASSWORD", "canary-password");
        assertThat(failure()).hasMessageContaining("does not open").hasMessageNotContaining("canary");
        Path old = Files.writeString(
                folder.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nQUJD\n-----END RSA PRIVATE KEY-----\n");
        settings.put("GIGACHAT_KEY_FILE", old.toString());
        assertThat(failure()).hasMessageContaining("openssl pkcs8");
    }

    @Test
    void a_key_that_is_none_of_those_known_is_named() throws IOException {
        Path key = Files.writeString(
                folder.resolve("odd.key"), "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> ClientCertificate.managers(client.pem(), key, null))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("odd.key");
    }

    private void show(TestAuthority own, Path key) {
        settings.put("GIGACHAT_CERT_FILE", own.pem().toString());
        settings.put("GIGACHAT_KEY_FILE", key.toString());
    }

    private String ask() {
        try (Gateway ai = Gateway.builder().settings(settings).build()) {
            return ai.chat("sber/GigaChat-2", "Hi").text();
        }
    }

    private GatewayException failure() {
        try (Gateway ai = Gateway.builder().settings(settings).build()) {
            return catchThrowableOfType(AllKeysFailedException.class, () -> ai.chat("sber/GigaChat-2", "Hi"));
        }
    }
}
