package dev.hypergateway.examples.keyfile;

import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A key store whose keys stand in a file that operators edit, for one owner. Thread-safe. The gateway asks for the keys again
 * while they are in use, so an edit shows up without a restart. Selection and health change with every failover;
 * they are kept in memory and begin anew with the process. Adding, changing and deleting keys is up to the file.
 */
public final class KeyFileStore implements KeyStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final KeyFile file;
    private final Owner owner;
    private final Map<String, String> selected = new HashMap<>();
    private final Map<String, List<KeyHealth>> health = new HashMap<>();
    private List<ProviderKey> keys = List.of();

    /**
     * Opens the file of {@link Owner#LOCAL}.
     *
     * @param path lines such as {@code google_first=AIza…}: provider id, underscore, name of the key; tried in this order
     * @throws KeyStoreException when the file cannot be used
     */
    public KeyFileStore(Path path) {
        this.file = new KeyFile(path, Owner.LOCAL);
        this.owner = Owner.LOCAL;
        list(owner);
    }

    @Override
    public List<ProviderKey> list(Owner asked) {
        lock.lock();
        try {
            if (!asked.equals(owner)) {
                return List.of();
            }
            refresh();
            return keys.stream()
                    .map(key -> key.withSelected(key.id().equals(selected.get(key.provider()))))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ProviderKey> find(Owner asked, String id) {
        return list(asked).stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public ProviderKey add(Owner asked, NewProviderKey key) {
        throw readOnly();
    }

    @Override
    public Optional<ProviderKey> update(Owner asked, String id, ProviderKeyChange change) {
        return find(asked, id).map(key -> {
            throw readOnly();
        });
    }

    @Override
    public boolean delete(Owner asked, String id) {
        if (find(asked, id).isEmpty()) {
            return false;
        }
        throw readOnly();
    }

    @Override
    public boolean select(Owner asked, String provider, @Nullable String expected, @Nullable String next) {
        lock.lock();
        try {
            List<String> ids = idsOf(provider, list(asked));
            if (!asked.equals(owner)
                    || !Objects.equals(selected.get(provider), expected)
                    || (next != null && !ids.contains(next))) {
                return false;
            }
            selected.put(provider, next);
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<KeyHealth> health(Owner asked) {
        lock.lock();
        try {
            List<KeyHealth> found = new ArrayList<>();
            list(asked).forEach(key -> found.addAll(health.getOrDefault(key.id(), List.of())));
            return found;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changeHealth(ProviderKey key, UnaryOperator<List<KeyHealth>> change) {
        lock.lock();
        try {
            boolean same =
                    keys.stream().anyMatch(each -> each.id().equals(key.id()) && each.version() == key.version());
            if (same) {
                health.put(key.id(), List.copyOf(change.apply(health.getOrDefault(key.id(), List.of()))));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes over what the file says. A key with another secret is as good as new. */
    private void refresh() {
        List<ProviderKey> old = keys;
        keys = file.read(old);
        Map<String, Long> versions = new HashMap<>();
        keys.forEach(key -> versions.put(key.id(), key.version()));
        for (ProviderKey key : old) {
            if (!Objects.equals(versions.get(key.id()), key.version())) {
                health.remove(key.id());
            }
        }
        keys.stream().map(ProviderKey::provider).distinct().forEach(provider -> keepSelection(provider, old));
    }

    /** The first key of a provider is selected by itself; when the selected one is gone, the next in order takes its place. */
    private void keepSelection(String provider, List<ProviderKey> old) {
        List<String> ids = idsOf(provider, keys);
        if (!selected.containsKey(provider)) {
            selected.put(provider, ids.get(0));
            return;
        }
        String current = selected.get(provider);
        if (current == null || ids.contains(current)) {
            return;
        }
        List<String> before = idsOf(provider, old);
        String next = before.subList(before.indexOf(current) + 1, before.size()).stream()
                .filter(ids::contains)
                .findFirst()
                .orElse(ids.get(0));
        selected.put(provider, next);
    }

    private static List<String> idsOf(String provider, List<ProviderKey> keys) {
        return keys.stream()
                .filter(key -> key.provider().equals(provider))
                .map(ProviderKey::id)
                .toList();
    }

    private KeyStoreException readOnly() {
        return new KeyStoreException("keys are added, changed and deleted by editing " + file, null);
    }
}
