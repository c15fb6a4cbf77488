package dev.hypergateway.key;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditListener;
import dev.hypergateway.provider.Failure;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the audit trail what happens to keys, in the words of the original service where it had any. A listener that throws is
 * logged and does no harm. Thread-safe.
 */
public final class KeyAudit {
    private static final Logger LOG = LoggerFactory.getLogger(KeyAudit.class);

    private final List<AuditListener> listeners;
    private final Map<String, String> displayNames;
    private final Clock clock;

    /**
     * @param listeners who hears the story
     * @param displayNames names of providers for people, by provider id
     * @param clock the present
     */
    public KeyAudit(List<AuditListener> listeners, Map<String, String> displayNames, Clock clock) {
        this.listeners = List.copyOf(listeners);
        this.displayNames = Map.copyOf(displayNames);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The reason of a failure as the audit trail writes it: the HTTP status, or the kind, and the message. */
    static String reason(Failure failure) {
        return code(failure) + ": " + failure.message();
    }

    void added(ProviderKey key) {
        String name = key.name().map(value -> "\"" + value + "\" ").orElse("");
        tell(AuditAction.ADD, key, "Added new " + name + "key for " + display(key.provider()));
        if (key.selected()) {
            selected(key);
        }
    }

    void imported(Owner owner, String provider, int count) {
        tell(
                owner,
                AuditAction.IMPORT,
                provider,
                null,
                "Imported " + count + " keys from CSV for " + display(provider));
    }

    void updated(ProviderKey key) {
        tell(AuditAction.UPDATE, key, "Changed key \"" + key.displayName() + "\" for " + display(key.provider()));
    }

    void deleted(ProviderKey key) {
        tell(AuditAction.DELETE, key, "Deleted key \"" + key.displayName() + "\" for " + display(key.provider()));
    }

    void deletedAll(Owner owner, String provider) {
        tell(owner, AuditAction.DELETE, provider, null, "Deleted all keys for " + display(provider));
    }

    void selected(ProviderKey key) {
        tell(
                AuditAction.SELECT,
                key,
                "Selected \"" + key.displayName() + "\" as default key for " + display(key.provider()));
    }

    void unselected(ProviderKey key) {
        tell(
                AuditAction.UNSELECT,
                key,
                "Unselected \"" + key.displayName() + "\" as default key for " + display(key.provider()));
    }

    void tookOver(ProviderKey from, ProviderKey to, String reason) {
        tell(AuditAction.UNSELECT, from, "Key '" + from.displayName() + "' unselected due to error " + reason);
        tell(
                AuditAction.SELECT,
                to,
                "Selected key '" + to.displayName() + "' by automatic failover from key '" + from.displayName() + "'");
    }

    void exhausted(ProviderKey key, Failure failure) {
        tell(
                AuditAction.FAILOVER_EXHAUSTED,
                key,
                "No available keys to switch to after error " + code(failure) + " on key " + key.id());
    }

    void unreadable(ProviderKey key) {
        tell(AuditAction.ERROR, key, "Failed to decrypt key during failover. Manual intervention needed.");
    }

    void penalized(ProviderKey key, KeyHealth health) {
        String what = switch (health.state()) {
            case COOLING -> "is rate limited";
            case EXHAUSTED -> "is out of quota";
            case REJECTED -> "was rejected by the vendor";
            case BLOCKED -> "may not be used";
        };
        String model = health.model() == null ? "" : " for model " + health.model();
        tell(
                AuditAction.PENALIZE,
                key.id().equals(health.keyId()) ? key.displayName() : health.keyId(),
                key,
                health.keyId(),
                what + model + " until " + health.until().truncatedTo(ChronoUnit.SECONDS) + ": " + health.reason());
    }

    void revived(ProviderKey key, String how) {
        tell(AuditAction.REVIVE, key, "Key '" + key.displayName() + "' is available again " + how);
    }

    private void tell(AuditAction action, String name, ProviderKey key, String keyId, String story) {
        tell(key.owner(), action, key.provider(), keyId, "Key '" + name + "' " + story);
    }

    private void tell(AuditAction action, ProviderKey key, String description) {
        tell(key.owner(), action, key.provider(), key.id(), description);
    }

    private void tell(Owner owner, AuditAction action, String provider, @Nullable String keyId, String description) {
        AuditEvent event =
                new AuditEvent(UUID.randomUUID(), clock.instant(), owner.id(), action, provider, keyId, description);
        for (AuditListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                LOG.warn("An audit listener failed on a {} event and was passed over", action, e);
            }
        }
    }

    private String display(String provider) {
        return displayNames.getOrDefault(provider, provider);
    }

    private static String code(Failure failure) {
        return failure.httpStatus().isPresent()
                ? String.valueOf(failure.httpStatus().getAsInt())
                : failure.kind().name();
    }
}
