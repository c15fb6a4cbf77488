package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.key.Owner;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcGatewayKeysTest {
    private static final Instant NOW = Instant.parse("2026-10-25T00:30:00.5Z");
    private static final Owner ALICE = new Owner("alice");
    private static final Owner BOB = new Owner("bob");

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void a_created_key_is_found_by_its_token_only(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings());
                JdbcGatewayKeys keys = keys(database)) {
            CreatedGatewayKey created = keys.create(ALICE, "laptop");
            String token = created.token().reveal();

            assertThat(token).matches("sk-[A-Za-z0-9_-]{43}");
            assertThat(keys.findByToken(token)).contains(created.key());
            assertThat(created.key().prefix()).isEqualTo(token.substring(3, 9));
            assertThat(created.key().name()).isEqualTo("laptop");
            assertThat(created.key().active()).isTrue();
            assertThat(created.key().createdAt()).isEqualTo(NOW);
            assertThat(created.key().lastUsedAt()).isNull();
            assertThat(keys.findByToken(token + "x")).isEmpty();
            assertThat(keys.findByToken(token.substring(1))).isEmpty();
            assertThat(keys.findByToken("")).isEmpty();
            assertThat(created.toString()).doesNotContain(token.substring(10, 40));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void keys_are_listed_for_their_owner_in_the_order_of_creation(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings());
                JdbcGatewayKeys keys = keys(database)) {
            GatewayKey first = keys.create(ALICE, "first").key();
            GatewayKey second = keys.create(ALICE, null).key();
            keys.create(BOB, "other");

            assertThat(keys.list(ALICE)).containsExactly(first, second);
            assertThat(keys.find(ALICE, second.id())).contains(second);
            assertThat(keys.find(BOB, second.id())).isEmpty();
            assertThat(keys.find(ALICE, "nothing\0")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void a_key_is_switched_off_and_on_and_deleted_by_its_owner(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings());
                JdbcGatewayKeys keys = keys(database)) {
            CreatedGatewayKey created = keys.create(ALICE, null);
            String id = created.key().id();
            String token = created.token().reveal();

            assertThat(keys.setActive(BOB, id, false)).isEmpty();
            assertThat(keys.delete(BOB, id)).isFalse();
            assertThat(keys.findByToken(token).orElseThrow().active()).isTrue();

            assertThat(keys.setActive(ALICE, id, false).orElseThrow().active()).isFalse();
            assertThat(keys.findByToken(token).orElseThrow().active()).isFalse();
            assertThat(keys.setActive(ALICE, id, true).orElseThrow().active()).isTrue();

            assertThat(keys.delete(ALICE, id)).isTrue();
            assertThat(keys.delete(ALICE, id)).isFalse();
            assertThat(keys.findByToken(token)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void a_given_token_is_imported_once(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings());
                JdbcGatewayKeys keys = keys(database)) {
            String token = "hp_abcdefghijklmnopqrstuvwxyz012345";
            GatewayKey imported = keys.importToken(ALICE, token, "from before");
            keys.setActive(ALICE, imported.id(), false);

            GatewayKey again = keys.importToken(ALICE, token, "again");

            assertThat(imported.prefix()).isEqualTo("abcde");
            assertThat(again.id()).isEqualTo(imported.id());
            assertThat(again.name()).isEqualTo("from before");
            assertThat(again.active()).isFalse();
            assertThat(keys.list(ALICE)).hasSize(1);
            assertThatThrownBy(() -> keys.importToken(BOB, token, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(token);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "too-short",
                "fifteen-letters",
                "with a space in it",
                "with-ünïcode-in-it-yes",
                "line\nbreak-line-break"
            })
    void tokens_that_are_short_or_cannot_stand_in_a_header_are_refused(String token) {
        try (JdbcDatabase database = JdbcDatabase.inMemory();
                JdbcGatewayKeys keys = keys(database)) {
            assertThatThrownBy(() -> keys.importToken(ALICE, token, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("openssl rand");
            assertThat(keys.list(ALICE)).isEmpty();
        }
    }

    @Test
    void the_prefix_of_a_short_token_shows_little_of_it() {
        assertThat(GatewayTokens.prefix("sixteen-letters!")).isEqualTo("si");
        assertThat(GatewayTokens.prefix("sk-sixteen-letters!")).isEqualTo("si");
    }

    @Test
    void tokens_do_not_repeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            seen.add(GatewayTokens.generate());
        }
        assertThat(seen).hasSize(1000);
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void the_last_use_is_gathered_and_written_later(Databases.Kind kind) {
        Map<String, String> settings = kind.settings();
        GatewayKey used;
        GatewayKey unused;
        try (JdbcDatabase database = JdbcDatabase.open(settings)) {
            try (JdbcGatewayKeys keys = keys(database)) {
                used = keys.create(ALICE, null).key();
                unused = keys.create(ALICE, null).key();
                keys.markUsed(used.id());
                keys.markUsed("deleted in the meantime");
            }
            try (JdbcGatewayKeys reopened = keys(database)) {
                assertThat(reopened.find(ALICE, used.id()).orElseThrow().lastUsedAt())
                        .isEqualTo(NOW);
                assertThat(reopened.find(ALICE, unused.id()).orElseThrow().lastUsedAt())
                        .isNull();
            }
        }
    }

    private static JdbcGatewayKeys keys(JdbcDatabase database) {
        return new JdbcGatewayKeys(database, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
