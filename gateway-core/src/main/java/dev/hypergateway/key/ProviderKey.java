package dev.hypergateway.key;

import dev.hypergateway.provider.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stored credential at a vendor. Immutable and thread-safe; {@code toString()} does not show the secret. */
public final class ProviderKey {
    private final String id;
    private final Owner owner;
    private final String provider;
    private final @Nullable String name;
    private final boolean selected;
    private final Instant createdAt;
    private final long version;
    private final @Nullable String account;
    private final Map<String, String> attributes;
    private final KeyMaterial material;

    /**
     * @param id unique id
     * @param owner whose key it is
     * @param provider provider id
     * @param name the owner's name for it; null when it has none
     * @param selected whether it is the one to use first
     * @param createdAt when it was added; gives the order of rotation
     * @param version grows whenever the secret changes
     * @param account label shared by keys of one vendor account, which run out of quota together; null when not known
     * @param attributes settings that the vendor needs with the key, such as {@code scope}
     * @param material opens the secret
     */
    public ProviderKey(
            String id,
            Owner owner,
            String provider,
            @Nullable String name,
            boolean selected,
            Instant createdAt,
            long version,
            @Nullable String account,
            Map<String, String> attributes,
            KeyMaterial material) {
        this.id = Objects.requireNonNull(id, "id");
        this.owner = Objects.requireNonNull(owner, "owner");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.name = name;
        this.selected = selected;
        this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
        this.version = version;
        this.account = account;
        this.attributes = Map.copyOf(attributes);
        this.material = Objects.requireNonNull(material, "material");
    }

    public String id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    public String provider() {
        return provider;
    }

    /** The owner's name for the key. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The name, or the id of a key without one. */
    public String displayName() {
        return name == null ? id : name;
    }

    /** Whether this key is used first. At most one key of an owner and provider is. */
    public boolean selected() {
        return selected;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Grows whenever the secret changes. */
    public long version() {
        return version;
    }

    /** Label shared by keys of one vendor account. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    public Map<String, String> attributes() {
        return attributes;
    }

    /**
     * Opens the secret.
     *
     * @throws KeyUnreadableException when it cannot be decrypted
     */
    public Secret secret() {
        return material.open();
    }

    /** The same key with another selected flag. */
    public ProviderKey withSelected(boolean value) {
        return value == selected
                ? this
                : new ProviderKey(id, owner, provider, name, value, createdAt, version, account, attributes, material);
    }

    @Override
    public String toString() {
        return "ProviderKey[" + provider + ", " + id + ", " + displayName() + (selected ? ", selected]" : "]");
    }
}
