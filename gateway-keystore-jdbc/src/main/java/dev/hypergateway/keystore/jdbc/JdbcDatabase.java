package dev.hypergateway.keystore.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.hypergateway.key.KeyStoreException;
import java.time.Clock;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open database with its schema up to date, shared by the key store, the gateway keys and the audit log. Thread-safe. When
 * the database goes away, calls fail with {@link KeyStoreException} until it is back; connections are renewed by themselves.
 *
 * <p>Settings: {@code DATABASE_URL} ({@code jdbc:h2:…}, {@code jdbc:postgresql://…} or
 * {@code postgresql://user:password@host:port/name}); without it an H2 file named {@code gateway} in {@code HYPER_DATA_DIR}, by
 * default {@code ~/.hyper-gateway}. {@code DB_POOL_MIN_SIZE} (1), {@code DB_POOL_MAX_SIZE} (10), {@code DB_AUTO_MIGRATE} (true).
 */
public final class JdbcDatabase implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JdbcDatabase.class);

    private final HikariDataSource pool;
    private final DatabaseLocation location;
    private final Jdbi jdbi;

    private JdbcDatabase(HikariDataSource pool, DatabaseLocation location) {
        this.pool = pool;
        this.location = location;
        this.jdbi = Jdbi.create(pool);
        // Messages of Jdbi quote statements with their arguments.
        jdbi.configure(
                StatementExceptions.class,
                config -> config.setMessageRendering(StatementExceptions.MessageRendering.NONE));
    }

    /**
     * Opens the database that the settings name and brings its schema up to date.
     *
     * @param settings configuration by environment-variable name
     * @throws IllegalArgumentException when a setting is not understood
     * @throws KeyStoreException when the database cannot be opened or has an unknown schema
     */
    public static JdbcDatabase open(Map<String, String> settings) {
        Settings read = new Settings(settings);
        return open(DatabaseLocation.of(read), read);
    }

    /** Opens an empty database that ends with this object. */
    public static JdbcDatabase inMemory() {
        return open(H2Urls.inMemory(), new Settings(Map.of()));
    }

    static JdbcDatabase open(DatabaseLocation location, Settings settings) {
        JdbcDatabase database = new JdbcDatabase(ConnectionPool.open(location, settings), location);
        try {
            boolean migrate = settings.flag(Settings.AUTO_MIGRATE, true);
            new Migrator(database.jdbi, location.dialect(), Migration.all(location.dialect()), Clock.systemUTC())
                    .run(migrate);
        } catch (JdbiException e) {
            database.close();
            throw database.translate("bring the schema up to date", e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        log.info("Opened the key database: {}", location.place());
        return database;
    }

    /** Where the database is, in words for people, without credentials. */
    public String place() {
        return location.place();
    }

    DatabaseLocation location() {
        return location;
    }

    /**
     * Does some work in one transaction.
     *
     * @param what the work in words, to go on after "cannot"
     * @throws KeyStoreException when the database is out of reach or refuses
     */
    <T> T inTransaction(String what, HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException e) {
            throw translate(what, e);
        }
    }

    /**
     * Does some work in one transaction whose result survives the death of the process, as the caller will be told that it is
     * stored. H2 would write it to its file within half a second only. (Its WRITE_DELAY=0 would do the same for every
     * transaction, but also ends the clean-up of the file, which then grows by ten kilobytes with each.)
     *
     * @param what the work in words, to go on after "cannot"
     * @throws KeyStoreException when the database is out of reach or refuses
     */
    <T> T inDurableTransaction(String what, HandleCallback<T, RuntimeException> work) {
        T result = inTransaction(what, work);
        if (location.dialect() == Dialect.H2 && location.durable()) {
            try {
                jdbi.useHandle(handle -> handle.execute("CHECKPOINT SYNC"));
            } catch (JdbiException e) {
                // It is committed all the same.
                log.warn("Could not make the database ({}) write its file at once", location.place(), e);
            }
        }
        return result;
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return "JdbcDatabase[" + location.place() + "]";
    }

    private KeyStoreException translate(String what, JdbiException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return SqlStates.isOutOfReach(failure) || failure instanceof ConnectionException
                ? new KeyStoreException(
                        "cannot " + what + ": the database (" + location.place()
                                + ") is out of reach; check that it runs"
                                + " and can be reached from here, the next call tries again",
                        cause)
                : new KeyStoreException(
                        "cannot " + what + ": the database (" + location.place() + ") refused with SQL state "
                                + SqlStates.of(failure) + "; its log and the cause say why",
                        cause);
    }
}
