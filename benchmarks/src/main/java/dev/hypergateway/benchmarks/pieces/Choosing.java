package dev.hypergateway.benchmarks.pieces;

import dev.hypergateway.key.HealthPolicy;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.KeyAudit;
import dev.hypergateway.key.KeyCandidate;
import dev.hypergateway.key.KeyCursor;
import dev.hypergateway.key.KeyRing;
import dev.hypergateway.key.KeySelection;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The first key for a call, out of many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Choosing {
    /** How many keys the owner has. */
    @Param({"10", "100", "10000"})
    public int keys;

    /** Which one is wanted. */
    @Param({"SELECTED", "ROUND_ROBIN", "WEIGHTED", "LEAST_RECENTLY_LIMITED", "AFFINITY"})
    public KeySelection selection = KeySelection.SELECTED;

    /** Whether every key has failed for ten models before, which is over. */
    @Param({"false", "true"})
    public boolean failedBefore;

    private KeyRing ring = ring(new InMemoryKeyStore());

    /** Stores the keys. */
    @Setup
    public void store() {
        ring.close();
        InMemoryKeyStore store = new InMemoryKeyStore();
        for (int i = 0; i < keys; i++) {
            store.add(Owner.LOCAL, new NewProviderKey("noop", Secret.of("key-number-" + i), "key " + i));
        }
        ring = ring(store);
        if (failedBefore) {
            for (int i = 0; i < 10; i++) {
                fail("model-" + i);
            }
        }
    }

    @TearDown
    public void close() {
        ring.close();
    }

    /** Chooses and gives back. */
    @Benchmark
    public KeyCandidate choose() {
        KeyCursor cursor = ring.candidates(Owner.LOCAL, "noop", "noop-model", selection, "somebody");
        KeyCandidate candidate = Objects.requireNonNull(cursor.next());
        ring.released(candidate);
        return candidate;
    }

    private void fail(String model) {
        Failure failure = Failure.builder(FailureKind.RATE_LIMITED, "too many requests")
                .scope(Failure.Scope.KEY_AND_MODEL)
                .httpStatus(429)
                .resetAt(Instant.now().minus(Duration.ofHours(1)))
                .build();
        KeyCursor cursor = ring.candidates(Owner.LOCAL, "noop", model);
        List<KeyCandidate> all = new ArrayList<>();
        for (KeyCandidate each = cursor.next(); each != null; each = cursor.next()) {
            all.add(each);
        }
        all.forEach(each -> ring.failed(each, model, failure));
    }

    /** Reads its keys once: what reading them again costs in the background is another question. */
    private static KeyRing ring(InMemoryKeyStore store) {
        Clock clock = Clock.systemUTC();
        return new KeyRing(
                store,
                new KeyAudit(List.of(), Map.of(), clock),
                HealthPolicy.DEFAULTS,
                clock,
                () -> ThreadLocalRandom.current().nextDouble(),
                Duration.ofHours(1));
    }
}
