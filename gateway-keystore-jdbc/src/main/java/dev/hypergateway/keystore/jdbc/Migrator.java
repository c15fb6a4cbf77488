package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStoreException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema up to date, once, however many processes start at the same time. */
final class Migrator {
    private static final Logger log = LoggerFactory.getLogger(Migrator.class);

    /** Any number, as long as all our processes take the same one. */
    private static final long POSTGRES_LOCK = 0x4879_7065_7247_6174L;

    private final Jdbi jdbi;
    private final Dialect dialect;
    private final List<Migration> known;
    private final Clock clock;

    Migrator(Jdbi jdbi, Dialect dialect, List<Migration> known, Clock clock) {
        this.jdbi = jdbi;
        this.dialect = dialect;
        this.known = known;
        this.clock = clock;
    }

    /**
     * @param apply whether to run what is missing; otherwise its absence is an error
     * @throws KeyStoreException when the database was written by a newer program or by changed migrations
     */
    void run(boolean apply) {
        // The lock is held on one connection while another one works, because H2 commits, and so unlocks, after each
        // DDL.
        // Both are opened here: within a transaction, Jdbi would give the same one again.
        try (Handle guard = jdbi.open();
                Handle work = jdbi.open()) {
            guard.useTransaction(locked -> {
                lock(locked);
                work.useTransaction(handle -> migrate(handle, apply));
            });
        }
    }

    private void lock(Handle guard) {
        if (dialect == Dialect.POSTGRESQL) {
            guard.createQuery("SELECT pg_advisory_xact_lock(:lock)")
                    .bind("lock", POSTGRES_LOCK)
                    .mapTo(String.class)
                    .one();
            return;
        }
        guard.execute("CREATE TABLE IF NOT EXISTS schema_lock (id INTEGER PRIMARY KEY)");
        // MERGE takes part in the row lock whether the row is there or not.
        guard.execute("MERGE INTO schema_lock KEY (id) VALUES (1)");
    }

    private void migrate(Handle handle, boolean apply) {
        handle.execute("CREATE TABLE IF NOT EXISTS schema_history (version INTEGER PRIMARY KEY,"
                + " name VARCHAR NOT NULL, checksum VARCHAR(64) NOT NULL,"
                + " installed_at TIMESTAMP(6) WITH TIME ZONE NOT NULL)");
        Map<Integer, String> installed = handle.createQuery("SELECT version, checksum FROM schema_history")
                .map((row, context) -> Map.entry(row.getInt("version"), row.getString("checksum")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        refuseNewer(installed);
        for (Migration migration : known) {
            String checksum = installed.get(migration.version());
            if (checksum == null) {
                refuseUnless(apply, migration);
                install(handle, migration);
            } else if (!checksum.equals(migration.checksum())) {
                throw new KeyStoreException(
                        "schema version " + migration.version() + " (" + migration.name()
                                + ") was installed from other statements than this program has; use the program that"
                                + " installed it, or restore the database from a backup",
                        null);
            }
        }
    }

    private void refuseNewer(Map<Integer, String> installed) {
        int newest =
                installed.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (newest > known.size()) {
            throw new KeyStoreException(
                    "the database has schema version " + newest + ", but this program knows only versions up to "
                            + known.size()
                            + "; start the newer program, or restore a backup from before its first start",
                    null);
        }
    }

    private void refuseUnless(boolean apply, Migration migration) {
        if (!apply) {
            throw new KeyStoreException(
                    "the database lacks schema version " + migration.version() + " (" + migration.name()
                            + ") and DB_AUTO_MIGRATE is false; start once with DB_AUTO_MIGRATE=true",
                    null);
        }
    }

    private void install(Handle handle, Migration migration) {
        handle.createScript(migration.sql()).execute();
        handle.createUpdate("INSERT INTO schema_history (version, name, checksum, installed_at)"
                        + " VALUES (:version, :name, :checksum, :at)")
                .bind("version", migration.version())
                .bind("name", migration.name())
                .bind("checksum", migration.checksum())
                .bind("at", Timestamps.argument(clock.instant()))
                .execute();
        log.info("Installed schema version {} ({})", migration.version(), migration.name());
    }
}
