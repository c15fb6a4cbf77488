package dev.hypergateway.key;

import dev.hypergateway.provider.Secret;

/**
 * Opens a stored secret at the moment it is needed, so that plain text does not stay in memory.
 */
@FunctionalInterface
public interface KeyMaterial {
    /**
     * The secret.
     *
     * @throws KeyUnreadableException when it cannot be decrypted
     */
    Secret open();
}
