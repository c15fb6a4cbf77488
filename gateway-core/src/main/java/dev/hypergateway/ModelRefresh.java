package dev.hypergateway;

import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.failover.ModelLists;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.routing.ModelCatalog;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalogue as fresh as the vendors' own lists: asks each vendor in the background when its list is wanted and older than
 * the interval, one request at a time for each, with a key that a call could use. A vendor that cannot be asked is told once in the
 * log and asked again after some minutes; what was known stays. Thread-safe.
 */
final class ModelRefresh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRefresh.class);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    /** Far more than any vendor has; a list that is longer is not one of models. */
    private static final int MOST_MODELS = 5_000;

    private final List<Vendor> vendors;
    private final ModelCatalog catalog;
    private final ModelLists lists;
    private final FailoverPolicy policy;
    private final LongSupplier nanoTime;
    private final Cancellation cancellation = new Cancellation();
    private final ExecutorService threads = Threads.perTask("hyper-gateway-models");
    private final @Nullable Duration interval;
    private volatile boolean wanted;

    /**
     * @param interval how old a list may get; null for never asking
     * @param nanoTime a clock for durations, in nanoseconds
     */
    ModelRefresh(
            List<ChatProvider> providers,
            ModelCatalog catalog,
            ModelLists lists,
            FailoverPolicy policy,
            @Nullable Duration interval,
            LongSupplier nanoTime) {
        this.vendors = providers.stream().map(Vendor::new).toList();
        this.catalog = catalog;
        this.lists = lists;
        this.policy = policy;
        this.interval = interval;
        this.nanoTime = nanoTime;
    }

    /** The lists are wanted: those that are old are asked for, and from now on calls keep them fresh. */
    void want(Owner owner) {
        wanted = true;
        refresh(owner, true);
    }

    /** A call is made; costs a look at the clock. */
    void called(Owner owner) {
        if (wanted) {
            refresh(owner, false);
        }
    }

    /** Ends requests under way. */
    @Override
    public void close() {
        cancellation.cancel();
        threads.shutdownNow();
    }

    /** @param keyless whether to look again for a key where there was none */
    private void refresh(Owner owner, boolean keyless) {
        if (interval == null) {
            return;
        }
        long now = nanoTime.getAsLong();
        for (Vendor vendor : vendors) {
            if ((keyless || !vendor.keyless) && vendor.isDue(now) && vendor.asking.compareAndSet(false, true)) {
                try {
                    threads.execute(() -> ask(vendor, owner, interval));
                } catch (RejectedExecutionException closedOrFull) {
                    vendor.asking.set(false);
                }
            }
        }
    }

    private void ask(Vendor vendor, Owner owner, Duration fresh) {
        String id = vendor.provider.descriptor().id();
        try {
            Optional<List<Model>> listed = lists.ask(vendor.provider, owner, policy, cancellation);
            vendor.keyless = listed.isEmpty();
            listed.ifPresent(models -> {
                catalog.learn(id, models.stream().limit(MOST_MODELS).toList());
                vendor.askAgain(nanoTime.getAsLong(), fresh);
                vendor.complained = false;
                LOG.debug("{} lists {} models", id, models.size());
            });
        } catch (ProviderException e) {
            failed(vendor, e.failure().toString(), fresh);
        } catch (RuntimeException e) {
            failed(vendor, e.toString(), fresh);
        } finally {
            vendor.asking.set(false);
        }
    }

    private void failed(Vendor vendor, String reason, Duration fresh) {
        vendor.askAgain(nanoTime.getAsLong(), fresh.compareTo(AFTER_FAILURE) < 0 ? fresh : AFTER_FAILURE);
        if (!vendor.complained && !cancellation.isCancelled()) {
            vendor.complained = true;
            LOG.warn(
                    "{} could not be asked for its models; what is known of them stays: {}",
                    vendor.provider.descriptor().displayName(),
                    reason);
        }
    }

    /** A vendor and when to ask it; at once where that was never possible. */
    private static final class Vendor {
        private final ChatProvider provider;
        private final AtomicBoolean asking = new AtomicBoolean();
        private volatile @Nullable Long dueNanos;
        private volatile boolean keyless;
        private volatile boolean complained;

        Vendor(ChatProvider provider) {
            this.provider = provider;
        }

        boolean isDue(long now) {
            Long due = dueNanos;
            return due == null || now - due >= 0;
        }

        void askAgain(long now, Duration after) {
            dueNanos = now + after.toNanos();
        }
    }
}
