package dev.hypergateway.key;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps provider keys. Thread-safe. At any time at most one key per owner and provider is selected; the first key added for a
 * provider is selected by itself, and when the selected key is deleted the next one in creation order (wrapping) takes its
 * place. Methods throw {@link KeyStoreException} when the store is out of reach; a single key that cannot be decrypted is listed
 * all the same and fails when its secret is opened.
 */
public interface KeyStore extends AutoCloseable {

    /** All keys of an owner, oldest first. */
    List<ProviderKey> list(Owner owner);

    /** A key of an owner. */
    Optional<ProviderKey> find(Owner owner, String id);

    /**
     * Stores a key.
     *
     * @throws DuplicateKeyException when a key of this owner and provider already holds the secret
     */
    ProviderKey add(Owner owner, NewProviderKey key);

    /**
     * Changes a key.
     *
     * @return the key as it is after the change; empty when the owner has no such key
     * @throws DuplicateKeyException when another key of this owner and provider already holds the secret
     */
    Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change);

    /** Deletes a key together with its health; false when the owner has no such key. */
    boolean delete(Owner owner, String id);

    /**
     * Moves the selection in one atomic step.
     *
     * @param provider provider id
     * @param expected id of the key that is selected at the moment; null when none is
     * @param next id of the key to select; null to select none
     * @return false, with nothing changed, when another key is selected than expected or {@code next} is not a key of this owner
     *     and provider
     */
    boolean select(Owner owner, String provider, @Nullable String expected, @Nullable String next);

    /** What is known of the health of an owner's keys. */
    List<KeyHealth> health(Owner owner);

    /**
     * Replaces all health records of one key, in one step. Unknown keys are ignored.
     *
     * @param records records of this key; none when it is available again
     */
    void saveHealth(String keyId, Collection<KeyHealth> records);

    @Override
    default void close() {}
}
