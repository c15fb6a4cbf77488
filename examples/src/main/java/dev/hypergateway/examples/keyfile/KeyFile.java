package dev.hypergateway.examples.keyfile;

import dev.hypergateway.Settings;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a file of the same form as {@code .env}: {@code google_first=AIza…}. They stand there in plain text, so the file
 * belongs into the hands of the operator only. Immutable; {@code toString()} shows the path.
 */
final class KeyFile {
    private final Path path;
    private final Owner owner;

    KeyFile(Path path, Owner owner) {
        this.path = path;
        this.owner = owner;
    }

    /**
     * The keys in the order of the file.
     *
     * @param old the keys as they were; a key whose secret has changed gets the next version
     * @throws KeyStoreException when the file cannot be used; the message shows no secret
     */
    List<ProviderKey> read(List<ProviderKey> old) {
        Map<String, ProviderKey> before = new HashMap<>();
        old.forEach(key -> before.put(key.id(), key));
        Map<String, String> namesBySecret = new HashMap<>();
        List<ProviderKey> keys = new ArrayList<>();
        lines().forEach((id, secret) -> {
            String provider = provider(id);
            String twin = secret.isEmpty() ? null : namesBySecret.putIfAbsent(provider + ":" + secret, id);
            if (twin != null) {
                throw new KeyStoreException(
                        id + " in " + path + " has the same secret as " + twin + "; remove one", null);
            }
            keys.add(key(id, provider, secret, before.get(id)));
        });
        return keys;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private Map<String, String> lines() {
        if (!Files.isReadable(path)) {
            throw new KeyStoreException("the key file " + path + " cannot be read; check its path and owner", null);
        }
        try {
            return Settings.load(path, Map.of());
        } catch (IllegalArgumentException e) {
            throw new KeyStoreException(String.valueOf(e.getMessage()), e);
        }
    }

    private String provider(String id) {
        int end = id.indexOf('_');
        if (end < 1 || end == id.length() - 1) {
            throw new KeyStoreException(
                    id + " in " + path + " is not of the form provider_name; call it for example google_" + id, null);
        }
        return id.substring(0, end);
    }

    private ProviderKey key(String id, String provider, String secret, @Nullable ProviderKey old) {
        KeyLine line = new KeyLine(id, secret);
        long version = old == null ? 1 : line.opensLike(old) ? old.version() : old.version() + 1;
        Instant createdAt = old == null ? Instant.now() : old.createdAt();
        String name = id.substring(provider.length() + 1);
        return new ProviderKey(id, owner, provider, name, false, createdAt, version, null, Map.of(), line::open);
    }

    /** A line that may hold no usable key: it is listed all the same, and fails when it is to be used. */
    private record KeyLine(String id, String text) {
        Secret open() {
            try {
                return Secret.of(text);
            } catch (IllegalArgumentException e) {
                throw new KeyUnreadableException("the key " + id + " cannot be used: " + e.getMessage(), e);
            }
        }

        /** Two secrets that cannot be opened count as the same one, else each look into the file would find a change. */
        boolean opensLike(ProviderKey other) {
            return opened(other::secret).equals(opened(this::open));
        }

        private static Optional<Secret> opened(Supplier<Secret> material) {
            try {
                return Optional.of(material.get());
            } catch (KeyUnreadableException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return "KeyLine[" + id + "]";
        }
    }
}
