package dev.hypergateway.failover;

import dev.hypergateway.key.KeyOutlook;
import dev.hypergateway.key.KeyRing;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Asks vendors for their lists of models, which costs nothing: to learn of models, and to test keys. Thread-safe. */
public final class ModelLists {
    /** Stands for the model in requests that are not about one. */
    private static final String MODELS = "models";

    private final KeyRing storedKeys;
    private final KeyRing environmentKeys;
    private final Owner environment;
    private final Endpoints endpoints;
    private final TimeSource time;

    /**
     * @param storedKeys the owners' keys
     * @param environmentKeys the process's own keys, all of the owner {@code environment}
     * @param environment whose keys those are
     * @param endpoints where providers live
     * @param time how time passes
     */
    public ModelLists(
            KeyRing storedKeys, KeyRing environmentKeys, Owner environment, Endpoints endpoints, TimeSource time) {
        this.storedKeys = Objects.requireNonNull(storedKeys, "storedKeys");
        this.environmentKeys = Objects.requireNonNull(environmentKeys, "environmentKeys");
        this.environment = Objects.requireNonNull(environment, "environment");
        this.endpoints = Objects.requireNonNull(endpoints, "endpoints");
        this.time = Objects.requireNonNull(time, "time");
    }

    /**
     * Asks a vendor with the first key that a call could use. Nothing that comes of it counts for or against the key.
     *
     * @param provider whose vendor to ask
     * @param owner whose stored keys may be used beside those of the environment
     * @param policy how long to wait
     * @param cancellation ends the request
     * @return the list; empty when there is no usable key
     * @throws ProviderException when the vendor cannot be asked, or does not answer with a list
     */
    public Optional<List<Model>> ask(
            ChatProvider provider, Owner owner, FailoverPolicy policy, Cancellation cancellation) {
        Optional<ProviderKey> stored = usable(storedKeys, owner, provider, policy);
        Optional<ProviderKey> found = stored.or(() -> usable(environmentKeys, environment, provider, policy));
        KeySource source = stored.isPresent() ? KeySource.STORED : KeySource.ENVIRONMENT;
        return found.map(key -> ask(provider, key, source, policy, cancellation));
    }

    /**
     * Asks a vendor whether it accepts a stored key. A key that it accepts is available again; one that it rejects is put aside.
     *
     * @param key the key
     * @param provider the key's provider
     * @param policy how long to wait
     */
    public KeyTest test(ProviderKey key, ChatProvider provider, FailoverPolicy policy) {
        long begin = time.nanoTime().getAsLong();
        int models = 0;
        Failure failure = null;
        try {
            models = ask(provider, key, KeySource.STORED, policy, new Cancellation())
                    .size();
        } catch (ProviderException e) {
            failure = e.failure();
        }
        if (failure == null) {
            storedKeys.keys().revive(key.owner(), key.id());
        } else {
            storedKeys.failedTest(key, failure);
        }
        return new KeyTest(failure, models, Duration.ofNanos(time.nanoTime().getAsLong() - begin));
    }

    private static Optional<ProviderKey> usable(
            KeyRing ring, Owner owner, ChatProvider provider, FailoverPolicy policy) {
        try {
            return ring.outlook(owner, provider.descriptor().id(), MODELS, policy.selection(), null).stream()
                    .filter(key -> key.obstacle() == null)
                    .map(KeyOutlook::key)
                    .findFirst();
        } catch (KeyStoreException e) {
            return Optional.empty();
        }
    }

    private List<Model> ask(
            ChatProvider provider,
            ProviderKey key,
            KeySource source,
            FailoverPolicy policy,
            Cancellation cancellation) {
        Timeouts timeouts = policy.timeouts();
        AttemptControl control =
                new AttemptControl(timeouts.withTotal(timeouts.headers()), policy.deadline(), cancellation);
        try {
            Credential credential = new Credential(
                    source,
                    source == KeySource.STORED ? key.id() : null,
                    key.displayName(),
                    key.version(),
                    key.secret(),
                    key.attributes());
            return provider.listModels(endpoints.call(new Target(provider, MODELS, MODELS), credential, control));
        } catch (ProviderException e) {
            throw new ProviderException(e.failure().without(key.secret()), e.getCause());
        } catch (KeyUnreadableException e) {
            throw new ProviderException(Failure.of(FailureKind.KEY_UNREADABLE, String.valueOf(e.getMessage())));
        }
    }
}
