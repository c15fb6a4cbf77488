package dev.hypergateway.provider;

import dev.hypergateway.transport.UpstreamHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much of a vendor's limits is left for a key and a model, as the header fields of an answer say. Immutable. The fields are
 * OpenAI's: {@code x-ratelimit-limit-requests}, {@code -remaining-requests}, {@code -reset-requests}, and the same with
 * {@code -tokens}. xAI sends them without a reset, and the largest unsigned 64-bit number for no limit; Gemini, Perplexity and
 * GigaChat send none. What cannot be read is taken as not sent.
 *
 * @param requests what is left of the requests; null when the answer does not say
 * @param tokens what is left of the tokens; null when the answer does not say
 */
public record RateLimits(
        @Nullable Allowance requests, @Nullable Allowance tokens) {
    private static final String PREFIX = "x-ratelimit-";
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,20}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    /** As Go writes durations: {@code 120ms}, {@code 8.64s}, {@code 6m0s}, {@code 1h2m3s}. */
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|us|µs|ns|s|m|h|d)");
    /** Rate limits are counted by the minute or the day; what ends later is not a reset time. */
    private static final Duration LONGEST_RESET = Duration.ofDays(1);

    /** What an answer says; empty when it says nothing. */
    public static Optional<RateLimits> of(UpstreamHeaders headers) {
        Allowance requests = allowance(headers, "requests");
        Allowance tokens = allowance(headers, "tokens");
        return requests == null && tokens == null ? Optional.empty() : Optional.of(new RateLimits(requests, tokens));
    }

    /** Whether nothing is left of one of them. */
    public boolean spent() {
        return allowances().anyMatch(allowance -> allowance.remaining() == 0);
    }

    /** How long it takes until there is something left again of what is spent; empty when the answer does not say. */
    public Optional<Duration> untilReset() {
        return allowances()
                .filter(allowance -> allowance.remaining() == 0)
                .flatMap(allowance -> Stream.ofNullable(allowance.reset()))
                .max(Duration::compareTo);
    }

    private Stream<Allowance> allowances() {
        return Stream.of(Optional.ofNullable(requests), Optional.ofNullable(tokens))
                .flatMap(Optional::stream);
    }

    private static @Nullable Allowance allowance(UpstreamHeaders headers, String what) {
        Long remaining = headers.first(PREFIX + "remaining-" + what)
                .map(RateLimits::count)
                .orElse(null);
        Long limit =
                headers.first(PREFIX + "limit-" + what).map(RateLimits::count).orElse(null);
        boolean unlimited = limit != null && limit == Long.MAX_VALUE;
        if (remaining == null || unlimited || (limit != null && (limit == 0 || remaining > limit))) {
            return null;
        }
        return new Allowance(
                limit,
                remaining,
                headers.first(PREFIX + "reset-" + what)
                        .map(RateLimits::duration)
                        .orElse(null));
    }

    /** A whole number of any size; those beyond 63 bits are cut to the largest one. */
    private static @Nullable Long count(String value) {
        String text = value.strip();
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    private static @Nullable Duration duration(String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        double seconds = 0;
        if (NUMBER.matcher(text).matches()) {
            seconds = Double.parseDouble(text);
        } else {
            Matcher part = DURATION.matcher(text);
            int end = 0;
            while (part.find() && part.start() == end) {
                seconds += Double.parseDouble(part.group(1)) * secondsIn(part.group(2));
                end = part.end();
            }
            if (end == 0 || end != text.length()) {
                return null;
            }
        }
        return seconds > LONGEST_RESET.toSeconds() ? null : Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }

    private static double secondsIn(String unit) {
        return switch (unit) {
            case "d" -> 86_400;
            case "h" -> 3600;
            case "m" -> 60;
            case "s" -> 1;
            case "ms" -> 1e-3;
            case "ns" -> 1e-9;
            default -> 1e-6;
        };
    }

    /**
     * What is left of one limit.
     *
     * @param limit how much there is in all; null when the answer does not say
     * @param remaining how much of it is left
     * @param reset how long it takes until it is whole again, seen from the answer; null when the answer does not say
     */
    public record Allowance(
            @Nullable Long limit, long remaining, @Nullable Duration reset) {}
}
