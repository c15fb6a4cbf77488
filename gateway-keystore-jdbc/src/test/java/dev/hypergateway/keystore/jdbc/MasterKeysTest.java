package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.key.KeyStoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {
    /** Bytes whose two base64 forms differ. */
    private static final byte[] KEY = bytes((byte) 0xfb);

    @TempDir
    Path folder;

    @Test
    void takes_both_forms_of_base64_with_and_without_padding() {
        String standard = Base64.getEncoder().encodeToString(KEY);
        String urlSafe = Base64.getUrlEncoder().encodeToString(KEY);
        assertThat(standard).isNotEqualTo(urlSafe);

        List<String> ids = List.of(standard, urlSafe, standard.replace("=", ""), " " + urlSafe + "\n").stream()
                .map(text -> MasterKeys.parse(text).currentId())
                .distinct()
                .toList();

        assertThat(ids).hasSize(1);
        assertThat(ids.get(0)).matches("[0-9a-f]{8}");
    }

    @Test
    void takes_exactly_32_characters_as_they_are() {
        String raw = "0123456789abcdef,123456789ABCDEF";

        assertThat(MasterKeys.parse(raw).ids())
                .containsExactly(new MasterKey(raw.getBytes(StandardCharsets.US_ASCII)).id());
    }

    @Test
    void of_several_the_first_one_encrypts() {
        String first = Base64.getEncoder().encodeToString(bytes((byte) 1));
        String second = "b".repeat(32);

        MasterKeys keys = MasterKeys.parse(first + " , " + second);

        assertThat(keys.ids()).hasSize(2).doesNotHaveDuplicates();
        assertThat(keys.currentId()).isEqualTo(MasterKeys.parse(first).currentId());
        assertThat(keys.toString())
                .contains(keys.currentId())
                .doesNotContain(first)
                .doesNotContain("bbbb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "canarycanarycanarycanarycanary!",
                "canarycanarycanarycanarycanary123!!",
                ",",
                "%%%"
            })
    void refuses_anything_else_without_repeating_it(String text) {
        assertThatThrownBy(() -> MasterKeys.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("APP_ENCRYPTION_KEY")
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining("canary");
    }

    @Test
    void says_which_of_several_is_wrong() {
        String good = Base64.getEncoder().encodeToString(KEY);

        assertThatThrownBy(() -> MasterKeys.parse(good + ",short")).hasMessageContaining("key number 2");
    }

    @Test
    void makes_a_file_for_its_owner_alone_and_reads_it_again() throws Exception {
        MasterKeys made = MasterKeys.inFolder(folder);
        MasterKeys read = MasterKeys.inFolder(folder);

        assertThat(read.ids()).isEqualTo(made.ids()).hasSize(1);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("master.key"));
        }
        Assumptions.assumeTrue(DataDirectory.isPosix(), "file permissions are a matter of POSIX systems");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("master.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void processes_that_start_together_agree_on_one_file() throws Exception {
        int starters = 8;
        CyclicBarrier start = new CyclicBarrier(starters);
        ExecutorService executor = Executors.newFixedThreadPool(starters);
        try {
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < starters; i++) {
                tasks.add(() -> {
                    start.await();
                    return MasterKeys.inFolder(folder).currentId();
                });
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> id : executor.invokeAll(tasks)) {
                ids.add(id.get());
            }
            assertThat(ids).containsOnly(ids.get(0));
        } finally {
            executor.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void refuses_a_file_that_others_can_read_or_write(String permissions) throws Exception {
        Assumptions.assumeTrue(DataDirectory.isPosix(), "file permissions are a matter of POSIX systems");
        MasterKeys.inFolder(folder);
        Path file = folder.resolve("master.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> MasterKeys.inFolder(folder))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("chmod 600")
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining(Files.readString(file).strip());
    }

    @Test
    void an_empty_file_is_an_error_and_is_left_alone() throws Exception {
        MasterKeys.inFolder(folder);
        Files.writeString(folder.resolve("master.key"), "");

        assertThatThrownBy(() -> MasterKeys.inFolder(folder))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("is empty");
        assertThat(folder.resolve("master.key")).isEmptyFile();
    }

    @Test
    void the_setting_comes_before_the_file() {
        String given = Base64.getEncoder().encodeToString(KEY);
        Map<String, String> settings = Map.of("APP_ENCRYPTION_KEY", given, "HYPER_DATA_DIR", folder.toString());
        try (JdbcDatabase database = JdbcDatabase.inMemory()) {
            assertThat(MasterKeys.open(database, settings).ids())
                    .isEqualTo(MasterKeys.parse(given).ids());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_database_in_memory_leaves_no_file_behind() {
        try (JdbcDatabase database = JdbcDatabase.inMemory()) {
            assertThat(MasterKeys.open(database, Map.of("HYPER_DATA_DIR", folder.toString()))
                            .ids())
                    .hasSize(1);
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static byte[] bytes(byte value) {
        byte[] bytes = new byte[MasterKey.BYTES];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
