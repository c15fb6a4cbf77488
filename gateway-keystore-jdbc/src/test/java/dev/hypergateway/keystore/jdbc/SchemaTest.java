package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.key.KeyStoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void the_schema_refuses_a_second_selected_key_of_an_owner_and_provider(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings())) {
            sql(database, "INSERT INTO users (id, created_at) VALUES ('a', CURRENT_TIMESTAMP)");
            sql(database, "INSERT INTO users (id, created_at) VALUES ('b', CURRENT_TIMESTAMP)");
            sql(database, insert("1", "a", "google", true));
            sql(database, insert("2", "a", "google", false));
            sql(database, insert("3", "a", "google", false));
            sql(database, insert("4", "a", "xai", true));
            sql(database, insert("5", "b", "google", true));

            assertThatThrownBy(() -> sql(database, insert("6", "a", "google", true)))
                    .isInstanceOf(KeyStoreException.class)
                    .hasMessageContaining("23505");
            assertThatThrownBy(() -> sql(database, "UPDATE provider_keys SET selected = TRUE WHERE id = '2'"))
                    .isInstanceOf(KeyStoreException.class)
                    .hasMessageContaining("23505");

            sql(database, "UPDATE provider_keys SET selected = FALSE WHERE id = '1'");
            sql(database, "UPDATE provider_keys SET selected = TRUE WHERE id = '2'");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void migrations_run_once_however_many_start_at_the_same_time(Databases.Kind kind) throws Exception {
        Map<String, String> settings = kind.settings();
        int starters = 6;
        CyclicBarrier start = new CyclicBarrier(starters);
        ExecutorService executor = Executors.newFixedThreadPool(starters);
        List<JdbcDatabase> opened = new ArrayList<>();
        try {
            List<Callable<JdbcDatabase>> tasks = new ArrayList<>();
            for (int i = 0; i < starters; i++) {
                tasks.add(() -> {
                    start.await();
                    return JdbcDatabase.open(settings);
                });
            }
            for (Future<JdbcDatabase> one : executor.invokeAll(tasks)) {
                opened.add(one.get());
            }
            assertThat(versions(opened.get(0))).containsExactly(1, 2);
        } finally {
            executor.shutdownNow();
            opened.forEach(JdbcDatabase::close);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void a_database_of_a_newer_program_is_refused(Databases.Kind kind) {
        Map<String, String> settings = kind.settings();
        JdbcDatabase.open(settings).close();
        try (JdbcDatabase database = JdbcDatabase.open(settings)) {
            sql(
                    database,
                    "INSERT INTO schema_history (version, name, checksum, installed_at)"
                            + " VALUES (99, 'from the future', 'x', CURRENT_TIMESTAMP)");
        }

        assertThatThrownBy(() -> JdbcDatabase.open(settings))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("schema version 99")
                .hasMessageContaining("start the newer program");
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void a_migration_that_was_changed_after_it_ran_is_refused(Databases.Kind kind) {
        Map<String, String> settings = kind.settings();
        try (JdbcDatabase database = JdbcDatabase.open(settings)) {
            sql(database, "UPDATE schema_history SET checksum = 'other' WHERE version = 1");
        }

        assertThatThrownBy(() -> JdbcDatabase.open(settings))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("schema version 1 (schema) was installed from other statements");
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void without_permission_to_migrate_a_missing_version_is_an_error(Databases.Kind kind) {
        Map<String, String> settings = new HashMap<>(kind.settings());
        settings.put("DB_AUTO_MIGRATE", "false");

        assertThatThrownBy(() -> JdbcDatabase.open(settings))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("DB_AUTO_MIGRATE=true");

        settings.put("DB_AUTO_MIGRATE", "true");
        JdbcDatabase.open(settings).close();
        settings.put("DB_AUTO_MIGRATE", "false");
        JdbcDatabase.open(settings).close();
    }

    @Test
    void the_checksum_does_not_depend_on_line_ends() {
        Migration unix = new Migration(1, "x", "SELECT 1;\nSELECT 2;\n");
        Migration windows = new Migration(1, "x", "SELECT 1;\r\nSELECT 2;\r\n");

        assertThat(windows.checksum()).isEqualTo(unix.checksum());
        assertThat(new Migration(1, "x", "SELECT 3;\n").checksum()).isNotEqualTo(unix.checksum());
    }

    @Test
    void a_half_installed_version_is_completed() {
        Map<String, String> settings = Map.of("DATABASE_URL", "jdbc:h2:mem:half");
        try (JdbcDatabase database = JdbcDatabase.open(settings)) {
            sql(database, "DELETE FROM schema_history");
            sql(database, "DROP TABLE audit_log");
        }

        try (JdbcDatabase database = JdbcDatabase.open(settings)) {
            assertThat(versions(database)).containsExactly(1, 2);
            sql(database, "DELETE FROM audit_log");
        }
    }

    private static List<Integer> versions(JdbcDatabase database) {
        return database.inTransaction(
                "read the versions",
                handle -> handle.createQuery("SELECT version FROM schema_history ORDER BY version")
                        .mapTo(Integer.class)
                        .list());
    }

    private static void sql(JdbcDatabase database, String statement) {
        database.inTransaction("run a statement", (Handle handle) -> handle.execute(statement));
    }

    private static String insert(String id, String owner, String provider, boolean selected) {
        return "INSERT INTO provider_keys (id, owner, provider, attributes, selected, version, created_at, master_key_id,"
                + " secret) VALUES ('" + id + "', '" + owner + "', '" + provider + "', '', " + selected
                + ", 1, CURRENT_TIMESTAMP, 'x', CAST('x' AS BYTEA))";
    }
}
