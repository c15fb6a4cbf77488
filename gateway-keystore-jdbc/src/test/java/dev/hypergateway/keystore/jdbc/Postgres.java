package dev.hypergateway.keystore.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL for tests, started once and stopped with the process. Where it cannot run, tests are skipped. */
final class Postgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private Postgres() {}

    /** The URL of a fresh, empty database. */
    static String freshDatabase() {
        EmbeddedPostgres server = Holder.SERVER;
        Assumptions.assumeTrue(
                server != null,
                () -> "PostgreSQL cannot be started on this machine, so this is skipped: " + Holder.reason);
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "postgresql://postgres:not-asked-for@localhost:" + server.getPort() + "/" + name;
    }

    static Map<String, String> settings(String url) {
        return Map.of("DATABASE_URL", url);
    }

    private static final class Holder {
        static String reason = "";
        static final @Nullable EmbeddedPostgres SERVER = start();

        private static @Nullable EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException | RuntimeException | LinkageError e) {
                // For example: no binaries for this processor, or root without the right to make user namespaces.
                reason = String.valueOf(e.getMessage());
                return null;
            }
        }
    }
}
