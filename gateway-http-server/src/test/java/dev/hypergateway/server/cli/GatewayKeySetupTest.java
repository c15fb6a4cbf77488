package dev.hypergateway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.keystore.jdbc.GatewayKey;
import dev.hypergateway.keystore.jdbc.JdbcDatabase;
import dev.hypergateway.keystore.jdbc.JdbcGatewayKeys;
import dev.hypergateway.server.Authenticator;
import dev.hypergateway.server.Caller;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayKeySetupTest {
    private static final String GIVEN = "sk-given-by-the-operator";

    private final JdbcDatabase database = JdbcDatabase.inMemory();
    private final JdbcGatewayKeys keys = new JdbcGatewayKeys(database);
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        database.close();
        keys.close();
    }

    @Test
    void the_first_start_shows_a_key_and_later_ones_do_not() {
        setup(Map.of());
        String key = shown.toString(StandardCharsets.UTF_8).strip().replaceFirst(".*: ", "");
        shown.reset();
        Authenticator later = setup(Map.of());

        assertThat(key).startsWith("sk-");
        assertThat(later.authenticate(key)).contains(Caller.LOCAL);
        assertThat(later.authenticate(key + "x")).isEmpty();
        assertThat(shown.size()).isZero();
    }

    @Test
    void a_given_key_is_accepted_and_not_stored() {
        Authenticator authenticator = setup(Map.of(GatewayKeySetup.SETTING, " " + GIVEN + " "));

        assertThat(authenticator.authenticate(GIVEN)).contains(Caller.LOCAL);
        assertThat(keys.list(Owner.LOCAL)).isEmpty();
        assertThat(shown.size()).isZero();
    }

    @Test
    void a_given_key_that_is_too_short_or_unusable_is_refused_without_being_repeated() {
        assertThatThrownBy(() -> setup(Map.of(GatewayKeySetup.SETTING, "short")))
                .hasMessageContaining(GatewayKeySetup.SETTING)
                .hasMessageNotContaining("short\"");
        assertThatThrownBy(() -> setup(Map.of(GatewayKeySetup.SETTING, "sk-with a space inside it")))
                .hasMessageContaining(GatewayKeySetup.SETTING)
                .hasMessageNotContaining("inside");
    }

    @Test
    void a_stored_key_is_known_until_it_is_switched_off() {
        GatewayKey key = keys.importToken(Owner.LOCAL, GIVEN, null);
        Authenticator authenticator = new StoredGatewayKeys(keys);
        assertThat(authenticator.authenticate(GIVEN)).contains(Caller.LOCAL);

        keys.setActive(Owner.LOCAL, key.id(), false);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(authenticator.authenticate(GIVEN)).isEmpty());
    }

    @Test
    void a_known_key_stays_known_while_the_database_is_away() {
        keys.importToken(Owner.LOCAL, GIVEN, null);
        Authenticator authenticator = new StoredGatewayKeys(keys);
        authenticator.authenticate(GIVEN);

        database.close();

        await().during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(authenticator.authenticate(GIVEN)).contains(Caller.LOCAL));
        assertThatThrownBy(() -> authenticator.authenticate("sk-not-known-from-before"))
                .isInstanceOf(KeyStoreException.class);
    }

    private Authenticator setup(Map<String, String> settings) {
        return GatewayKeySetup.authenticator(keys, settings, new PrintStream(shown, true, StandardCharsets.UTF_8));
    }
}
