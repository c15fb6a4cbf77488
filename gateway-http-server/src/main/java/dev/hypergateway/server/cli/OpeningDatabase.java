package dev.hypergateway.server.cli;

import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.keystore.jdbc.JdbcAuditLog;
import dev.hypergateway.keystore.jdbc.JdbcDatabase;
import dev.hypergateway.keystore.jdbc.JdbcGatewayKeys;
import dev.hypergateway.keystore.jdbc.JdbcKeyStore;
import dev.hypergateway.keystore.jdbc.MasterKeys;
import dev.hypergateway.transport.Threads;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * A database that is being opened on a thread of its own, which takes a good part of a start: the listener and the gateway are made
 * meanwhile. Thread-safe.
 */
final class OpeningDatabase implements AutoCloseable {
    private final FutureTask<Stores> opening;

    private OpeningDatabase(FutureTask<Stores> opening) {
        this.opening = opening;
    }

    /** Begins to open the database that the settings name; it is made at the first time. */
    static OpeningDatabase begin(Map<String, String> settings) {
        FutureTask<Stores> opening = new FutureTask<>(() -> Stores.open(settings));
        Threads.daemons("hyper-gateway-database").newThread(opening).start();
        return new OpeningDatabase(opening);
    }

    /**
     * Waits until it is open.
     *
     * @throws IllegalArgumentException when a setting makes no sense
     * @throws KeyStoreException when it cannot be opened
     */
    Stores await() {
        return await(opening, "the database could not be opened");
    }

    /**
     * Waits for something that takes an open database.
     *
     * @param failure what has happened when it fails in an unforeseen way
     * @throws KeyStoreException when the thread is interrupted
     */
    static <T> T await(Future<T> opening, String failure) {
        try {
            return opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyStoreException("interrupted while the database was being opened; try again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure, e.getCause());
        }
    }

    /** Whether it is open, or could not be opened. */
    boolean isDone() {
        return opening.isDone();
    }

    /** Closes what was opened. */
    @Override
    public void close() {
        Stores opened;
        try {
            opened = await();
        } catch (RuntimeException e) {
            return;
        }
        opened.close();
    }

    /**
     * What is in the database.
     *
     * @param keys the vendors' keys
     * @param gatewayKeys the callers' keys
     */
    record Stores(JdbcDatabase database, KeyStore keys, JdbcAuditLog auditLog, JdbcGatewayKeys gatewayKeys)
            implements AutoCloseable {
        private static Stores open(Map<String, String> settings) {
            JdbcDatabase database = JdbcDatabase.open(settings);
            try {
                return new Stores(
                        database,
                        new JdbcKeyStore(database, MasterKeys.open(database, settings)),
                        new JdbcAuditLog(database),
                        new JdbcGatewayKeys(database));
            } catch (RuntimeException e) {
                database.close();
                throw e;
            }
        }

        @Override
        public void close() {
            auditLog.close();
            gatewayKeys.close();
            database.close();
        }
    }
}
