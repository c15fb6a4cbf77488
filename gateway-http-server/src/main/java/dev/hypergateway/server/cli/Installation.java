package dev.hypergateway.server.cli;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.AuditLog;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.keystore.jdbc.JdbcAuditLog;
import dev.hypergateway.keystore.jdbc.JdbcDatabase;
import dev.hypergateway.keystore.jdbc.JdbcGatewayKeys;
import dev.hypergateway.keystore.jdbc.JdbcKeyStore;
import dev.hypergateway.keystore.jdbc.MasterKeys;
import java.util.Map;

/** The database of a standalone server and a gateway over it. Thread-safe. */
final class Installation implements AutoCloseable {
    private final JdbcDatabase database;
    private final KeyStore store;
    private final JdbcAuditLog auditLog;
    private final JdbcGatewayKeys gatewayKeys;
    private final Gateway gateway;

    private Installation(JdbcDatabase database, Map<String, String> settings) {
        this.database = database;
        this.store = new JdbcKeyStore(database, MasterKeys.open(database, settings));
        this.auditLog = new JdbcAuditLog(database);
        this.gatewayKeys = new JdbcGatewayKeys(database);
        this.gateway = Gateway.builder()
                .settings(settings)
                .keyStore(store)
                .auditListener(auditLog)
                .auditListener(new AuditTrail())
                .build();
    }

    /**
     * Opens the database that the settings name, and makes it at the first time.
     *
     * @throws IllegalArgumentException when a setting makes no sense
     * @throws KeyStoreException when the database cannot be opened
     */
    static Installation open(Map<String, String> settings) {
        JdbcDatabase database = JdbcDatabase.open(settings);
        try {
            return new Installation(database, settings);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    Gateway gateway() {
        return gateway;
    }

    AuditLog auditLog() {
        return auditLog;
    }

    JdbcGatewayKeys gatewayKeys() {
        return gatewayKeys;
    }

    /** Where the data is, in words for people. */
    String place() {
        return database.place();
    }

    /** Asks the database whether it is there. */
    boolean isReachable() {
        try {
            store.health(Owner.LOCAL);
            return true;
        } catch (KeyStoreException e) {
            return false;
        }
    }

    @Override
    public void close() {
        gateway.close();
        auditLog.close();
        gatewayKeys.close();
        database.close();
    }
}
