package dev.hypergateway.server.cli;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditLog;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.keystore.jdbc.JdbcGatewayKeys;
import dev.hypergateway.transport.Threads;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database of a standalone server and a gateway over it. Thread-safe. */
final class Installation implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Installation.class);

    private final OpeningDatabase database;
    private final AuditLog auditLog;
    private final Gateway gateway;

    private Installation(OpeningDatabase database, Map<String, String> settings) {
        this.database = database;
        this.auditLog = new OpeningAuditLog(database);
        this.gateway = Gateway.builder()
                .settings(settings)
                .keyStore(new OpeningKeyStore(database))
                .auditListener(auditLog)
                .auditListener(new AuditTrail())
                .build();
    }

    /**
     * Begins to open the database that the settings name; what needs it waits until it is open.
     *
     * @throws IllegalArgumentException when a setting makes no sense
     */
    static Installation begin(Map<String, String> settings) {
        OpeningDatabase database = OpeningDatabase.begin(settings);
        try {
            return new Installation(database, settings);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Opens the database that the settings name, and makes it at the first time.
     *
     * @throws IllegalArgumentException when a setting makes no sense
     * @throws KeyStoreException when the database cannot be opened
     */
    static Installation open(Map<String, String> settings) {
        Installation installation = begin(settings);
        try {
            installation.await();
            return installation;
        } catch (RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    /**
     * Waits until the database is open.
     *
     * @throws IllegalArgumentException when a setting makes no sense
     * @throws KeyStoreException when the database cannot be opened
     */
    void await() {
        database.await();
    }

    /** Adds to the audit trail, behind the calls, what a server that was killed could not tell. */
    void completeAuditTrail() {
        Threads.daemons("hyper-gateway-audit")
                .newThread(() -> {
                    try {
                        database.await().auditLog().catchUp();
                    } catch (KeyStoreException e) {
                        log.warn("Could not look whether the audit trail is complete: {}", e.getMessage());
                    }
                })
                .start();
    }

    Gateway gateway() {
        return gateway;
    }

    AuditLog auditLog() {
        return auditLog;
    }

    JdbcGatewayKeys gatewayKeys() {
        return database.await().gatewayKeys();
    }

    /** Where the data is, in words for people. */
    String place() {
        return database.await().database().place();
    }

    /** Asks the database whether it is there. */
    boolean isReachable() {
        try {
            return database.isDone() && database.await().keys().health(Owner.LOCAL) != null;
        } catch (KeyStoreException e) {
            return false;
        }
    }

    @Override
    public void close() {
        gateway.close();
        database.close();
    }

    /** The trail in a database that may still be being opened. */
    private record OpeningAuditLog(OpeningDatabase database) implements AuditLog {
        @Override
        public void onEvent(AuditEvent event) {
            database.await().auditLog().onEvent(event);
        }

        @Override
        public List<AuditEvent> read(AuditQuery query) {
            return database.await().auditLog().read(query);
        }
    }
}
