package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.provider.Secret;

/**
 * The row that an encrypted secret belongs to.
 *
 * @param id id of the stored key
 * @param owner id of its owner
 * @param provider provider id
 */
record RowBinding(String id, String owner, String provider) {

    /** What is authenticated together with the secret. */
    byte[] authenticated() {
        return Hashes.fields(id, owner, provider);
    }

    /** What makes two rows duplicates of each other. */
    byte[] secretOf(Secret secret) {
        return Hashes.fields(owner, provider, secret.reveal());
    }
}
