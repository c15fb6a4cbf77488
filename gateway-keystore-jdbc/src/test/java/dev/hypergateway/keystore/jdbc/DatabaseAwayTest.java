package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DatabaseAwayTest {
    @Test
    void calls_fail_with_a_remedy_while_the_database_is_away_and_work_again_when_it_is_back() throws Exception {
        String url = Postgres.freshDatabase();
        try (CuttableProxy proxy = new CuttableProxy(URI.create(url).getPort());
                JdbcDatabase database = JdbcDatabase.open(through(proxy, url));
                JdbcAuditLog audit = new JdbcAuditLog(database)) {
            JdbcKeyStore store = new JdbcKeyStore(database, MasterKeys.ephemeral());
            store.add(Owner.LOCAL, key("secret-1"));
            audit.onEvent(event("before"));
            assertThat(audit.read(AuditQuery.latest("local", 10))).hasSize(1);

            proxy.cut();
            assertThatThrownBy(() -> store.add(Owner.LOCAL, key("canary-secret")))
                    .isInstanceOf(KeyStoreException.class)
                    .hasMessageContaining("out of reach")
                    .hasMessageContaining("check that it runs")
                    .satisfies(
                            e -> assertThat(trace(e)).doesNotContain("canary").doesNotContain("not-asked-for"));
            assertThatThrownBy(() -> store.list(Owner.LOCAL)).isInstanceOf(KeyStoreException.class);
            audit.onEvent(event("while away"));
            assertThatThrownBy(() -> audit.read(AuditQuery.latest("local", 10))).isInstanceOf(KeyStoreException.class);

            proxy.mend();
            assertThat(store.list(Owner.LOCAL)).hasSize(1);
            store.add(Owner.LOCAL, key("secret-2"));
            // Its writer makes longer and longer pauses, up to five seconds.
            await().atMost(Duration.ofSeconds(60))
                    .ignoreException(KeyStoreException.class)
                    .untilAsserted(() -> assertThat(audit.read(AuditQuery.latest("local", 10)))
                            .extracting(AuditEvent::description)
                            .containsExactly("while away", "before"));
            assertThat(audit.dropped()).isZero();
            assertThat(audit.verify().intact()).isTrue();
        }
    }

    @Test
    void a_wrong_address_is_named_without_the_password() {
        assertThatThrownBy(() -> JdbcDatabase.open(Map.of("DATABASE_URL", "postgresql://me:canary@127.0.0.1:1/keys")))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("127.0.0.1:1/keys")
                .hasMessageContaining("DATABASE_URL")
                .satisfies(e -> assertThat(trace(e)).doesNotContain("canary"));
    }

    @Test
    void a_database_that_does_not_exist_is_said_to_be_missing() {
        String url = Postgres.freshDatabase();

        assertThatThrownBy(() -> JdbcDatabase.open(Map.of("DATABASE_URL", url + "_nowhere")))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("there is no database of that name");
    }

    private static Map<String, String> through(CuttableProxy proxy, String url) {
        return Postgres.settings(url.replace(":" + URI.create(url).getPort() + "/", ":" + proxy.port() + "/"));
    }

    private static NewProviderKey key(String secret) {
        return new NewProviderKey("google", Secret.of(secret), null);
    }

    private static AuditEvent event(String description) {
        return new AuditEvent(UUID.randomUUID(), Instant.now(), "local", AuditAction.ADD, "google", null, description);
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
