package dev.hypergateway.keystore.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hypergateway.key.KeyStoreException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Opens the pool of connections to a database. */
final class ConnectionPool {
    /** How long a call waits for a connection before it fails. */
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);

    /** How long a PostgreSQL that starts at the same time as we do is waited for. */
    private static final Duration START_WAIT = Duration.ofSeconds(10);

    private static final Duration START_PAUSE = Duration.ofMillis(250);

    private ConnectionPool() {}

    /**
     * @throws IllegalArgumentException when a setting is not understood
     * @throws KeyStoreException when the database cannot be opened
     */
    static HikariDataSource open(DatabaseLocation location, Settings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("hyper-keys");
        config.setJdbcUrl(location.jdbcUrl());
        config.setUsername(location.user());
        config.setPassword(location.password());
        // Migrations need a second connection while the first one holds the lock.
        int most = settings.number(Settings.POOL_MAX, 10, 2, 1000);
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(Math.min(most, settings.number(Settings.POOL_MIN, 1, 0, 1000)));
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        // A reader must see what was committed while it waited for a lock.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        try {
            if (location.dialect() == Dialect.POSTGRESQL) {
                awaitServer(location);
            }
            return new HikariDataSource(config);
        } catch (SQLException | RuntimeException e) {
            throw OpenFailures.explain(location, e);
        }
    }

    /** Tries to connect until the server answers, be it with a refusal, which waiting would not change. */
    private static void awaitServer(DatabaseLocation location) throws SQLException {
        Properties properties = new Properties();
        if (location.user() != null) {
            properties.setProperty("user", location.user());
        }
        if (location.password() != null) {
            properties.setProperty("password", location.password());
        }
        long end = System.nanoTime() + START_WAIT.toNanos();
        while (true) {
            try {
                DriverManager.getConnection(location.jdbcUrl(), properties).close();
                return;
            } catch (SQLException e) {
                if (!SqlStates.isOutOfReach(e) || OpenFailures.driverIsMissing(e) || System.nanoTime() > end) {
                    throw e;
                }
            }
            try {
                Thread.sleep(START_PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KeyStoreException("interrupted while waiting for the database; open it again", e);
            }
        }
    }
}
