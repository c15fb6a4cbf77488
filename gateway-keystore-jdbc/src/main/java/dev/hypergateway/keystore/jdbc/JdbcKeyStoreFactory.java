package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.KeyStoreFactory;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a {@link JdbcKeyStore} when {@code DATABASE_URL} or {@code HYPER_DATA_DIR} is set. Closing the store closes its database.
 * Stateless.
 */
public final class JdbcKeyStoreFactory implements KeyStoreFactory {
    /** For {@link java.util.ServiceLoader}. */
    public JdbcKeyStoreFactory() {}

    @Override
    public Optional<KeyStore> open(Map<String, String> settings) {
        Settings read = new Settings(settings);
        if (read.text(Settings.DATABASE_URL).isEmpty()
                && read.text(Settings.DATA_DIR).isEmpty()) {
            return Optional.empty();
        }
        JdbcDatabase database = JdbcDatabase.open(settings);
        try {
            return Optional.of(JdbcKeyStore.owning(database, MasterKeys.open(database, settings)));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
