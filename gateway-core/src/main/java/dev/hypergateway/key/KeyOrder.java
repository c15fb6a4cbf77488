package dev.hypergateway.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys in creation order, and where among them a call begins under the selections for which all keys count. What can be known of the
 * keys beforehand is, so that a choice among ten thousand takes hardly longer than one among ten. Thread-safe.
 */
final class KeyOrder {
    /** No keys. */
    static final KeyOrder NONE = new KeyOrder(List.of());

    /** Among fewer, asking each is quicker than remembering. */
    private static final int FEW = 64;

    private static final int MOST_REMEMBERED = 10_000;

    private final List<KeySlot> slots;
    private final Map<String, Integer> positions = new HashMap<>();
    /** Sums of the weights of the keys up to each one. */
    private final long[] weights;

    private final @Nullable Cache<String, Integer> nearest;
    private final int heaviest;
    private volatile @Nullable Rested longestRested;

    KeyOrder(List<KeySlot> slots) {
        this.slots = List.copyOf(slots);
        this.nearest = slots.size() <= FEW
                ? null
                : Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
        this.weights = new long[slots.size()];
        long total = 0;
        int found = 0;
        for (int i = 0; i < slots.size(); i++) {
            KeySlot slot = slots.get(i);
            positions.put(slot.key().id(), i);
            total += slot.weight();
            weights[i] = total;
            found = slot.weight() > slots.get(found).weight() ? i : found;
        }
        this.heaviest = found;
    }

    List<KeySlot> slots() {
        return slots;
    }

    /** Where a key stands; null when it is none of these. */
    @Nullable
    Integer position(@Nullable String id) {
        return id == null ? null : positions.get(id);
    }

    /** The key with the largest weight, the oldest of several. */
    int heaviest() {
        return heaviest;
    }

    /**
     * A key by chance, in proportion to the weights.
     *
     * @param random a number from 0 to 1
     * @param otherwise where to begin when no key has a weight
     */
    int weighted(double random, int otherwise) {
        long total = weights.length == 0 ? 0 : weights[weights.length - 1];
        if (total == 0) {
            return otherwise;
        }
        long drawn = Math.min((long) (random * total), total - 1);
        int at = Arrays.binarySearch(weights, drawn + 1);
        if (at < 0) {
            return -at - 1;
        }
        // Keys without weight have the same sum as the one before them.
        while (at > 0 && weights[at - 1] == weights[at]) {
            at--;
        }
        return at;
    }

    /**
     * The key that met a rate limit the longest ago. The times only ever move on, so the one that was found stays the right one until
     * it meets a limit itself.
     */
    int leastRecentlyLimited() {
        Rested known = longestRested;
        if (known != null && slots.get(known.position()).lastLimited().equals(known.since())) {
            return known.position();
        }
        int found = 0;
        Instant since = slots.get(0).lastLimited();
        for (int i = 1; i < slots.size(); i++) {
            Instant limited = slots.get(i).lastLimited();
            if (limited.isBefore(since)) {
                found = i;
                since = limited;
            }
        }
        longestRested = new Rested(found, since);
        return found;
    }

    /** Rendezvous hashing: every key bids for the caller, the highest bid wins. Who was here before is remembered. */
    int nearest(String affinity) {
        return nearest == null ? highestBid(affinity) : nearest.get(affinity, this::highestBid);
    }

    private int highestBid(String affinity) {
        long caller = affinity.hashCode() * 0x9E3779B97F4A7C15L;
        int found = 0;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < slots.size(); i++) {
            long bid = mix(caller ^ slots.get(i).key().id().hashCode());
            if (bid > highest) {
                highest = bid;
                found = i;
            }
        }
        return found;
    }

    /** The finalizer of MurmurHash3, which spreads neighbouring numbers over the whole range. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** A key and when it met its last limit. */
    private record Rested(int position, Instant since) {}
}
