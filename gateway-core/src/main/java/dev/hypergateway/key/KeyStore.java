package dev.hypergateway.key;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
     * Changes a key. With a new secret or new settings its version grows and its health is forgotten, in the same step.
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
     * Changes the health records of one key in one atomic step, so that processes that share the store do not undo each other's
     * changes. Does nothing when the key is gone or has another version meanwhile.
     *
     * @param key the key that the change is about
     * @param change from the records that are stored to those that hold; without side effects, and none for a key without any
     */
    void changeHealth(ProviderKey key, UnaryOperator<List<KeyHealth>> change);

    @Override
    default void close() {}
}
