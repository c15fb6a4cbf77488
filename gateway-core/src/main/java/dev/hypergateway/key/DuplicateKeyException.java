package dev.hypergateway.key;

/** A secret that its owner has already stored for the same provider. The message names the key that holds it. */
public final class DuplicateKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String existingId;

    /**
     * @param existing the key that already holds the secret
     */
    public DuplicateKeyException(ProviderKey existing) {
        super("this secret is already stored as \"" + existing.displayName() + "\" (id " + existing.id()
                + "); use that key, or delete it first");
        this.existingId = existing.id();
    }

    /** Id of the key that already holds the secret. */
    public String existingId() {
        return existingId;
    }
}
