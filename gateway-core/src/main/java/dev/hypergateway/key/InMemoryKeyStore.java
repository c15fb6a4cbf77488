package dev.hypergateway.key;

import dev.hypergateway.provider.Secret;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A key store that forgets everything at the end of the process. Thread-safe. */
public final class InMemoryKeyStore implements KeyStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ProviderKey> keys = new LinkedHashMap<>();
    private final Map<String, List<KeyHealth>> health = new HashMap<>();
    private final Clock clock;

    public InMemoryKeyStore() {
        this(Clock.systemUTC());
    }

    /**
     * @param clock gives the time of creation
     */
    public InMemoryKeyStore(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public List<ProviderKey> list(Owner owner) {
        lock.lock();
        try {
            return keys.values().stream()
                    .filter(key -> key.owner().equals(owner))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ProviderKey> find(Owner owner, String id) {
        lock.lock();
        try {
            return Optional.ofNullable(keys.get(id)).filter(key -> key.owner().equals(owner));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ProviderKey add(Owner owner, NewProviderKey added) {
        lock.lock();
        try {
            List<ProviderKey> siblings = siblings(owner, added.provider());
            Secret secret = added.secret();
            refuseDuplicate(siblings, secret);
            ProviderKey key = new ProviderKey(
                    UUID.randomUUID().toString(),
                    owner,
                    added.provider(),
                    added.name(),
                    siblings.isEmpty(),
                    clock.instant(),
                    1,
                    added.account(),
                    added.attributes(),
                    () -> secret);
            keys.put(key.id(), key);
            return key;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change) {
        lock.lock();
        try {
            return find(owner, id).map(key -> {
                Secret secret = change.secret();
                if (secret != null) {
                    List<ProviderKey> others = siblings(owner, key.provider()).stream()
                            .filter(other -> !other.id().equals(id))
                            .toList();
                    refuseDuplicate(others, secret);
                }
                boolean newVersion = secret != null || change.attributes() != null;
                ProviderKey changed = new ProviderKey(
                        id,
                        owner,
                        key.provider(),
                        replaced(key.name().orElse(null), change.name()),
                        key.selected(),
                        key.createdAt(),
                        newVersion ? key.version() + 1 : key.version(),
                        replaced(key.account().orElse(null), change.account()),
                        change.attributes() == null ? key.attributes() : change.attributes(),
                        secret == null ? key::secret : () -> secret);
                keys.put(id, changed);
                if (newVersion) {
                    health.remove(id);
                }
                return changed;
            });
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean delete(Owner owner, String id) {
        lock.lock();
        try {
            Optional<ProviderKey> found = find(owner, id);
            if (found.isEmpty()) {
                return false;
            }
            ProviderKey key = found.get();
            List<ProviderKey> siblings = siblings(owner, key.provider());
            keys.remove(id);
            health.remove(id);
            if (key.selected() && siblings.size() > 1) {
                ProviderKey next = siblings.get((siblings.indexOf(key) + 1) % siblings.size());
                keys.put(next.id(), next.withSelected(true));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean select(Owner owner, String provider, @Nullable String expected, @Nullable String next) {
        lock.lock();
        try {
            List<ProviderKey> siblings = siblings(owner, provider);
            String current = siblings.stream()
                    .filter(ProviderKey::selected)
                    .map(ProviderKey::id)
                    .findFirst()
                    .orElse(null);
            if (!Objects.equals(current, expected)
                    || (next != null
                            && siblings.stream().noneMatch(key -> key.id().equals(next)))) {
                return false;
            }
            for (ProviderKey key : siblings) {
                keys.put(key.id(), key.withSelected(key.id().equals(next)));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<KeyHealth> health(Owner owner) {
        lock.lock();
        try {
            List<KeyHealth> found = new ArrayList<>();
            for (ProviderKey key : list(owner)) {
                found.addAll(health.getOrDefault(key.id(), List.of()));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changeHealth(ProviderKey key, UnaryOperator<List<KeyHealth>> change) {
        lock.lock();
        try {
            ProviderKey stored = keys.get(key.id());
            if (stored != null && stored.version() == key.version()) {
                health.put(key.id(), List.copyOf(change.apply(health.getOrDefault(key.id(), List.of()))));
            }
        } finally {
            lock.unlock();
        }
    }

    private List<ProviderKey> siblings(Owner owner, String provider) {
        return keys.values().stream()
                .filter(key -> key.owner().equals(owner) && key.provider().equals(provider))
                .toList();
    }

    private static void refuseDuplicate(List<ProviderKey> siblings, Secret secret) {
        for (ProviderKey sibling : siblings) {
            if (sibling.secret().equals(secret)) {
                throw new DuplicateKeyException(sibling);
            }
        }
    }

    private static @Nullable String replaced(@Nullable String old, @Nullable String changed) {
        if (changed == null) {
            return old;
        }
        return changed.isEmpty() ? null : changed;
    }
}
