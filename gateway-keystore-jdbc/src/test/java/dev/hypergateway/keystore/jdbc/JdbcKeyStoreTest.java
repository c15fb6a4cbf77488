package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.key.DuplicateKeyException;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import dev.hypergateway.provider.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JdbcKeyStoreTest {
    private static final String CANARY = "AIzaCanary-0123456789-CanaryTail";
    private static final MasterKeys FIRST = MasterKeys.parse("1".repeat(32));
    private static final MasterKeys SECOND = MasterKeys.parse("2".repeat(32));
    private static final MasterKeys BOTH = MasterKeys.parse("2".repeat(32) + "," + "1".repeat(32));

    @Test
    void no_file_of_the_database_holds_a_secret(@TempDir Path folder) throws IOException {
        Map<String, String> settings =
                Map.of("HYPER_DATA_DIR", folder.resolve("data").toString());
        try (JdbcDatabase database = JdbcDatabase.open(settings)) {
            JdbcKeyStore store = new JdbcKeyStore(database, MasterKeys.open(database, settings));
            ProviderKey key = store.add(Owner.LOCAL, new NewProviderKey("google", Secret.of(CANARY), "marker-name"));
            store.update(Owner.LOCAL, key.id(), new ProviderKeyChange(null, Secret.of(CANARY + "2"), null, null));
            JdbcGatewayKeys gatewayKeys = new JdbcGatewayKeys(database);
            gatewayKeys.importToken(Owner.LOCAL, "sk-" + CANARY, null);
            gatewayKeys.close();
        }

        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(all.toString())
                .contains("marker-name")
                .doesNotContain(CANARY)
                .doesNotContain("CanaryTail");
    }

    @Test
    void nothing_that_is_shown_holds_a_secret() {
        try (JdbcDatabase database = JdbcDatabase.inMemory()) {
            JdbcKeyStore store = new JdbcKeyStore(database, FIRST);
            ProviderKey key = store.add(Owner.LOCAL, new NewProviderKey("google", Secret.of(CANARY), null));
            JdbcKeyStore blind = new JdbcKeyStore(database, SECOND);

            assertThat(key.toString() + database + FIRST)
                    .doesNotContain("Canary")
                    .doesNotContain("1111");
            assertThatThrownBy(() -> store.add(Owner.LOCAL, new NewProviderKey("google", Secret.of(CANARY), null)))
                    .isInstanceOf(DuplicateKeyException.class)
                    .hasMessageNotContaining("Canary");
            assertThatThrownBy(() -> blind.list(Owner.LOCAL).get(0).secret()).hasMessageNotContaining("Canary");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void keys_under_a_missing_master_key_are_listed_and_fail_only_when_opened(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings())) {
            new JdbcKeyStore(database, FIRST).add(Owner.LOCAL, key("secret-1", "lost"));
            JdbcKeyStore store = new JdbcKeyStore(database, SECOND);
            ProviderKey fine = store.add(Owner.LOCAL, key("secret-2", "fine"));

            List<ProviderKey> keys = store.list(Owner.LOCAL);
            assertThat(keys).extracting(ProviderKey::displayName).containsExactly("lost", "fine");
            assertThat(keys.get(1).secret()).isEqualTo(Secret.of("secret-2"));
            assertThatThrownBy(() -> keys.get(0).secret())
                    .isInstanceOf(KeyUnreadableException.class)
                    .hasMessageContaining("lost")
                    .hasMessageContaining(FIRST.currentId());

            assertThat(store.select(Owner.LOCAL, "google", keys.get(0).id(), fine.id()))
                    .isTrue();
            ProviderKey entered = store.update(
                            Owner.LOCAL,
                            keys.get(0).id(),
                            new ProviderKeyChange(null, Secret.of("secret-1"), null, null))
                    .orElseThrow();
            assertThat(entered.secret()).isEqualTo(Secret.of("secret-1"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void keys_move_to_a_fresh_master_key_while_the_store_is_in_use(Databases.Kind kind) throws Exception {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings())) {
            JdbcKeyStore old = new JdbcKeyStore(database, FIRST);
            for (int i = 0; i < 230; i++) {
                old.add(new Owner("owner-" + i % 3), key("secret-" + i, "key-" + i));
            }
            JdbcKeyStore store = new JdbcKeyStore(database, BOTH);
            AtomicBoolean done = new AtomicBoolean();
            Thread reader = new Thread(() -> {
                while (!done.get()) {
                    store.list(new Owner("owner-0")).forEach(ProviderKey::secret);
                }
            });
            AtomicBoolean failed = new AtomicBoolean();
            reader.setUncaughtExceptionHandler((thread, failure) -> failed.set(true));
            reader.start();

            assertThat(store.reencrypt()).isEqualTo(230);
            done.set(true);
            reader.join();

            assertThat(failed).isFalse();
            assertThat(store.reencrypt()).isZero();
            JdbcKeyStore withoutOld = new JdbcKeyStore(database, SECOND);
            for (int owner = 0; owner < 3; owner++) {
                for (ProviderKey key : withoutOld.list(new Owner("owner-" + owner))) {
                    assertThat(key.secret().reveal())
                            .isEqualTo(key.displayName().replace("key-", "secret-"));
                    assertThat(key.version()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void duplicates_are_found_under_each_loaded_master_key() {
        try (JdbcDatabase database = JdbcDatabase.inMemory()) {
            ProviderKey existing = new JdbcKeyStore(database, FIRST).add(Owner.LOCAL, key("secret-1", "first"));
            JdbcKeyStore store = new JdbcKeyStore(database, BOTH);

            assertThatThrownBy(() -> store.add(Owner.LOCAL, key("secret-1", "again")))
                    .isInstanceOfSatisfying(
                            DuplicateKeyException.class,
                            e -> assertThat(e.existingId()).isEqualTo(existing.id()));
            store.reencrypt();
            assertThatThrownBy(() -> store.add(Owner.LOCAL, key("secret-1", "again")))
                    .isInstanceOf(DuplicateKeyException.class);
        }
    }

    @Test
    void moving_to_a_fresh_master_key_keeps_duplicates_and_leaves_unreadable_keys_alone() {
        try (JdbcDatabase database = JdbcDatabase.inMemory()) {
            new JdbcKeyStore(database, FIRST).add(Owner.LOCAL, key("secret-1", "old"));
            new JdbcKeyStore(database, SECOND).add(Owner.LOCAL, key("secret-1", "same, unknowingly"));
            new JdbcKeyStore(database, MasterKeys.parse("3".repeat(32))).add(Owner.LOCAL, key("secret-3", "lost"));
            JdbcKeyStore store = new JdbcKeyStore(database, BOTH);

            assertThat(store.reencrypt()).isEqualTo(1);

            List<ProviderKey> keys = new JdbcKeyStore(database, SECOND).list(Owner.LOCAL);
            assertThat(keys.get(0).secret()).isEqualTo(Secret.of("secret-1"));
            assertThat(keys.get(1).secret()).isEqualTo(Secret.of("secret-1"));
            assertThatThrownBy(() -> keys.get(2).secret()).isInstanceOf(KeyUnreadableException.class);
        }
    }

    @Test
    void a_row_changed_behind_our_back_is_not_fatal_for_the_others() {
        try (JdbcDatabase database = JdbcDatabase.inMemory()) {
            JdbcKeyStore store = new JdbcKeyStore(database, FIRST);
            ProviderKey first = store.add(Owner.LOCAL, key("secret-1", "first"));
            ProviderKey second = store.add(Owner.LOCAL, key("secret-2", "second"));
            database.inTransaction(
                    "swap the secrets",
                    handle -> handle.execute(
                            "UPDATE provider_keys SET secret = (SELECT secret FROM provider_keys WHERE id = ?) WHERE id = ?",
                            second.id(),
                            first.id()));

            List<ProviderKey> keys = store.list(Owner.LOCAL);
            assertThatThrownBy(() -> keys.get(0).secret())
                    .isInstanceOf(KeyUnreadableException.class)
                    .hasMessageContaining("first");
            assertThat(keys.get(1).secret()).isEqualTo(Secret.of("secret-2"));
        }
    }

    @Test
    void a_closed_database_gives_an_error_with_a_remedy() {
        JdbcDatabase database = JdbcDatabase.inMemory();
        JdbcKeyStore store = new JdbcKeyStore(database, FIRST);
        database.close();

        assertThatThrownBy(() -> store.list(Owner.LOCAL))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("cannot list the keys")
                .hasMessageContaining("H2 in memory");
    }

    private static NewProviderKey key(String secret, String name) {
        return new NewProviderKey("google", Secret.of(secret), name);
    }
}
