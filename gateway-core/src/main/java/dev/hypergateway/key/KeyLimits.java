package dev.hypergateway.key;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much a key may be used, as its owner has set it in the key's attributes: {@code max_concurrent},
 * {@code requests_per_minute}, {@code tokens_per_minute} (whole numbers from 1) and {@code models} (vendor's names with commas
 * between). Immutable.
 *
 * @param maxConcurrent most calls at a time; null for no limit
 * @param requestsPerMinute most upstream requests in any 60 s; null for no limit
 * @param tokensPerMinute most tokens in any 60 s, counted when a call ends; null for no limit
 * @param models the only models that the key is used for; empty for all
 */
public record KeyLimits(
        @Nullable Integer maxConcurrent,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer tokensPerMinute,
        Set<String> models) {
    static final KeyLimits NONE = new KeyLimits(null, null, null, Set.of());

    public KeyLimits {
        models = Set.copyOf(models);
    }

    /**
     * The limits in a key's attributes.
     *
     * @throws IllegalArgumentException when one makes no sense; the message names it
     */
    public static KeyLimits of(Map<String, String> attributes) {
        if (attributes.isEmpty()) {
            return NONE;
        }
        weight(attributes);
        return new KeyLimits(
                positive(attributes, "max_concurrent"),
                positive(attributes, "requests_per_minute"),
                positive(attributes, "tokens_per_minute"),
                Arrays.stream(attributes.getOrDefault("models", "").split(",", -1))
                        .map(String::strip)
                        .filter(model -> !model.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The share of a key under {@link KeySelection#WEIGHTED}. */
    static int weight(Map<String, String> attributes) {
        return whole(attributes, "weight", 0, 1);
    }

    /** Whether there is nothing to count. */
    boolean isUnlimited() {
        return maxConcurrent == null && requestsPerMinute == null && tokensPerMinute == null;
    }

    private static @Nullable Integer positive(Map<String, String> attributes, String name) {
        return attributes.containsKey(name) ? Integer.valueOf(whole(attributes, name, 1, 1)) : null;
    }

    private static int whole(Map<String, String> attributes, String name, int least, int otherwise) {
        String value = attributes.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same complaint as for a number that is too small.
        }
        throw new IllegalArgumentException(
                "the key attribute " + name + " must be a whole number from " + least + ", was '" + value + "'");
    }
}
