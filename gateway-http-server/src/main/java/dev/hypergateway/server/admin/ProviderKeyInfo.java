package dev.hypergateway.server.admin;

import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStatus;
import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.key.ProviderKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider key as this surface shows it: everything but the key. Stateless. */
final class ProviderKeyInfo {
    private ProviderKeyInfo() {}

    /**
     * @param now the present; what was put aside until earlier counts as back
     */
    static Map<String, Object> of(KeyStatus status, Instant now) {
        ProviderKey key = status.key();
        Optional<String> hint = hint(key);
        List<KeyHealth> health = status.health().stream()
                .filter(record -> record.until().isAfter(now))
                .toList();
        Optional<KeyHealth> whole =
                health.stream().filter(record -> record.model() == null).max(Comparator.comparing(KeyHealth::until));
        Map<String, @Nullable Object> info = new LinkedHashMap<>();
        info.put("provider_name", key.provider());
        info.put("name", key.name().orElse(null));
        info.put("id", key.id());
        info.put("is_selected", key.selected());
        info.put("created_at", key.createdAt().toString());
        info.put("key_hint", hint.orElse(null));
        info.put(
                "status",
                hint.isEmpty()
                        ? "unreadable"
                        : whole.map(ProviderKeyInfo::state).orElse("available"));
        info.put(
                "disabled_until", whole.map(record -> record.until().toString()).orElse(null));
        info.put("account", key.account().orElse(null));
        info.put("attributes", key.attributes());
        info.put("health", health.stream().map(ProviderKeyInfo::health).toList());
        return info;
    }

    static Map<String, @Nullable Object> health(KeyHealth record) {
        Map<String, @Nullable Object> health = new LinkedHashMap<>();
        health.put("model", record.model());
        health.put("state", state(record));
        health.put("since", record.since().toString());
        health.put("until", record.until().toString());
        health.put("strikes", record.strikes());
        health.put("reason", record.reason());
        return health;
    }

    private static String state(KeyHealth record) {
        return record.state().name().toLowerCase(Locale.ROOT);
    }

    /** The last four characters; nothing when the key cannot be decrypted. */
    private static Optional<String> hint(ProviderKey key) {
        try {
            return Optional.of(key.secret().hint());
        } catch (KeyUnreadableException e) {
            return Optional.empty();
        }
    }
}
