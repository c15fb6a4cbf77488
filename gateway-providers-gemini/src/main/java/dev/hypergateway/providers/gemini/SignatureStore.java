package dev.hypergateway.providers.gemini;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of thoughts of earlier answers, for clients that send back only the standard fields of a message: Gemini refuses a
 * tool call of generation 3 without the signature of the thoughts that led to it. Bounded by size and age, in memory. Thread-safe.
 *
 * <p>A signature stands for thoughts, so nobody may get at another's. That of a call is found by the call's id, which this provider
 * makes from 122 random bits; that of a text by a hash over the whole conversation before it, so only who knows all of it
 * word for word finds it.
 */
final class SignatureStore {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int OVERHEAD = 200;

    private final Cache<String, Kept> kept;

    /**
     * @param clock tells when signatures are old
     * @param mostChars most characters of all signatures together
     */
    SignatureStore(Clock clock, long mostChars) {
        Instant start = clock.instant();
        kept = Caffeine.newBuilder()
                .maximumWeight(mostChars)
                .<String, Kept>weigher((id, entry) -> OVERHEAD + entry.length())
                .expireAfterAccess(KEPT)
                .ticker(() -> Duration.between(start, clock.instant()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    void keep(String id, Kept entry) {
        kept.put(id, entry);
    }

    /**
     * What was kept.
     *
     * @param model the model that is asked now; another one's signature is of no use to it
     */
    @Nullable
    Kept find(String id, GeminiModelName model) {
        Kept entry = kept.getIfPresent(id);
        return entry != null && entry.model.equals(model.id()) ? entry : null;
    }

    void forget(Iterable<String> ids) {
        kept.invalidateAll(ids);
    }

    /**
     * A signature.
     *
     * @param model whose thoughts they were
     * @param signature null for a call without one of its own
     * @param callId Google's id of the call; null when it gave none
     */
    record Kept(
            String model,
            @Nullable String signature,
            @Nullable String callId) {
        private int length() {
            return signature == null ? 0 : signature.length();
        }

        @Override
        public String toString() {
            return "Kept[" + model + "]";
        }
    }
}
