package dev.hypergateway.server.admin;

import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStatus;
import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.key.LearnedLimits;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.RateLimits;
import java.time.Duration;
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
        info.put("limits", status.limits().stream().map(ProviderKeyInfo::limits).toList());
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

    /** What the vendor's last answer for a model said of its limits. */
    static Map<String, @Nullable Object> limits(LearnedLimits learned) {
        Instant sparedUntil = learned.sparedUntil();
        Map<String, @Nullable Object> limits = new LinkedHashMap<>();
        limits.put("model", learned.model());
        limits.put("requests", allowance(learned.limits().requests(), learned.seenAt()));
        limits.put("tokens", allowance(learned.limits().tokens(), learned.seenAt()));
        limits.put("seen_at", learned.seenAt().toString());
        limits.put("spared_until", sparedUntil == null ? null : sparedUntil.toString());
        return limits;
    }

    private static @Nullable Map<String, @Nullable Object> allowance(
            RateLimits.@Nullable Allowance allowance, Instant seenAt) {
        if (allowance == null) {
            return null;
        }
        Duration reset = allowance.reset();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("limit", allowance.limit());
        shown.put("remaining", allowance.remaining());
        shown.put("resets_at", reset == null ? null : seenAt.plus(reset).toString());
        return shown;
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
