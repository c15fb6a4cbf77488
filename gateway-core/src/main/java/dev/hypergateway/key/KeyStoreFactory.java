package dev.hypergateway.key;

import java.util.Map;
import java.util.Optional;

/**
 * Opens key stores by configuration. Found through {@link java.util.ServiceLoader}; implementations have a public constructor
 * without parameters.
 */
@FunctionalInterface
public interface KeyStoreFactory {

    /**
     * Opens the store that the settings ask for.
     *
     * @param settings configuration by environment-variable name, for example {@code DATABASE_URL}
     * @return the open store; empty when the settings do not ask for a store of this kind
     * @throws KeyStoreException when they do but it cannot be opened
     */
    Optional<KeyStore> open(Map<String, String> settings);
}
