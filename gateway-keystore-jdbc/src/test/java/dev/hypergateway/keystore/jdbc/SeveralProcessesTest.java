package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralProcessesTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void name_the_folder() {
        folder = temporary.resolve("data");
    }

    @Test
    void a_command_adds_a_key_while_the_server_runs() throws Exception {
        try (KeyStore server = open()) {
            ProviderKey first = server.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("secret-1"), "first"));

            try (OtherProcess command = OtherProcess.start(folder, "secret-2", "leave")) {
                assertThat(command.untilAdded()).contains("added");
                assertThat(command.waitFor()).isZero();
            }

            List<ProviderKey> keys = server.list(Owner.LOCAL);
            assertThat(keys).extracting(ProviderKey::displayName).containsExactly("first", "from outside");
            assertThat(keys.get(1).secret()).isEqualTo(Secret.of("secret-2"));
            assertThat(keys)
                    .filteredOn(ProviderKey::selected)
                    .extracting(ProviderKey::id)
                    .containsExactly(first.id());
        }
    }

    @Test
    void the_server_starts_while_a_command_runs_and_goes_on_when_it_is_killed() throws Exception {
        try (OtherProcess command = OtherProcess.start(folder, "secret-1", "stay")) {
            assertThat(command.untilAdded()).contains("listens on 127.0.0.1").contains("added");
            try (KeyStore server = open()) {
                server.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("secret-2"), "second"));
                command.kill();

                assertThat(eventually(server)).hasSize(2);
                server.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("secret-3"), "third"));
            }
        }
        try (KeyStore reopened = open()) {
            assertThat(reopened.list(Owner.LOCAL))
                    .extracting(ProviderKey::secret)
                    .containsExactly(Secret.of("secret-1"), Secret.of("secret-2"), Secret.of("secret-3"));
        }
    }

    @Test
    void what_was_stored_survives_a_killed_process() throws Exception {
        try (OtherProcess process = OtherProcess.start(folder, "secret-1", "stay")) {
            assertThat(process.untilAdded()).contains("added");
            process.kill();
        }

        try (KeyStore reopened = open()) {
            List<ProviderKey> keys = reopened.list(Owner.LOCAL);
            assertThat(keys).extracting(ProviderKey::secret).containsExactly(Secret.of("secret-1"));
            assertThat(keys.get(0).selected()).isTrue();
        }
    }

    @Test
    void keys_selection_and_health_survive_a_restart() {
        ProviderKey second;
        KeyHealth cooling;
        try (KeyStore store = open()) {
            ProviderKey first = store.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("secret-1"), "first"));
            second = store.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("secret-2"), "second"));
            store.select(Owner.LOCAL, "google", first.id(), second.id());
            Instant until = Instant.parse("2026-12-31T23:59:59Z");
            cooling = new KeyHealth(first.id(), null, KeyHealth.State.COOLING, until, 2, "slow down", until);
            KeyHealth record = cooling;
            store.changeHealth(first, old -> List.of(record));
        }

        try (KeyStore reopened = open()) {
            assertThat(reopened.list(Owner.LOCAL))
                    .extracting(ProviderKey::displayName)
                    .containsExactly("first", "second");
            assertThat(reopened.list(Owner.LOCAL))
                    .filteredOn(ProviderKey::selected)
                    .extracting(ProviderKey::id)
                    .containsExactly(second.id());
            assertThat(reopened.health(Owner.LOCAL)).containsExactly(cooling);
        }
    }

    @Test
    void a_folder_that_others_can_look_into_is_for_one_process_at_a_time() throws Exception {
        Assumptions.assumeTrue(DataDirectory.isPosix(), "file permissions are a matter of POSIX systems");
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (OtherProcess process = OtherProcess.start(folder, "secret-1", "stay")) {
            assertThat(process.untilAdded()).contains("added").contains("chmod 700");

            assertThatThrownBy(this::open)
                    .isInstanceOf(KeyStoreException.class)
                    .hasMessageContaining("another process has it open")
                    .hasMessageContaining(folder.toString());
        }
    }

    /** The pool may have to find out first that its connections are dead. */
    private static List<ProviderKey> eventually(KeyStore store) {
        return await().ignoreException(KeyStoreException.class)
                .until(() -> store.list(Owner.LOCAL), keys -> !keys.isEmpty());
    }

    private KeyStore open() {
        return new JdbcKeyStoreFactory()
                .open(Map.of("HYPER_DATA_DIR", folder.toString()))
                .orElseThrow();
    }
}
