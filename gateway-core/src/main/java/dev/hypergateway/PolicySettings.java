package dev.hypergateway;

import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.key.KeySelection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings that say how far to go to get a call answered: of the gateway, {@code HYPER_CALL_DEADLINE} and the like, or of one
 * route, {@code HYPER_ROUTE_SMART_CALL_DEADLINE}. Durations are written {@code 500ms}, {@code 30s}, {@code 2m} or {@code 1h}.
 */
final class PolicySettings {
    private static final String PREFIX = "HYPER_";
    private static final String MODEL_REFRESH = "HYPER_MODEL_REFRESH";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    /** Every setting of a policy, as the gateway's own are called. */
    private static final List<Setting<?>> ALL = List.of(
            new Setting<>("HYPER_CALL_DEADLINE", PolicySettings::duration, FailoverPolicy.Builder::deadline),
            new Setting<>("HYPER_MAX_WAIT", PolicySettings::duration, FailoverPolicy.Builder::maxWait),
            new Setting<>("HYPER_MAX_ATTEMPTS", PolicySettings::number, FailoverPolicy.Builder::maxAttempts),
            new Setting<>(
                    "HYPER_SAME_TARGET_RETRIES", PolicySettings::number, FailoverPolicy.Builder::sameTargetRetries),
            new Setting<>(
                    "HYPER_HEADERS_TIMEOUT",
                    PolicySettings::duration,
                    (policy, value) -> policy.timeouts(limits -> limits.withHeaders(value))),
            new Setting<>(
                    "HYPER_FIRST_TOKEN_TIMEOUT",
                    PolicySettings::duration,
                    (policy, value) -> policy.timeouts(limits -> limits.withFirstToken(value))),
            new Setting<>(
                    "HYPER_IDLE_TIMEOUT",
                    PolicySettings::duration,
                    (policy, value) -> policy.timeouts(limits -> limits.withIdle(value))),
            new Setting<>(
                    "HYPER_ATTEMPT_TIMEOUT",
                    PolicySettings::duration,
                    (policy, value) -> policy.timeouts(limits -> limits.withTotal(value))),
            new Setting<>("HYPER_KEY_SELECTION", word(KeySelection.values()), FailoverPolicy.Builder::selection),
            new Setting<>(
                    "HYPER_MID_STREAM", word(FailoverPolicy.MidStream.values()), FailoverPolicy.Builder::midStream),
            new Setting<>("HYPER_HEDGE_AFTER", PolicySettings::duration, FailoverPolicy.Builder::hedgeAfter));

    private final Map<String, String> settings;
    private final String prefix;

    private PolicySettings(Map<String, String> settings, String prefix) {
        this.settings = settings;
        this.prefix = prefix;
    }

    /** The gateway's own. */
    static PolicySettings of(Map<String, String> settings) {
        return new PolicySettings(settings, PREFIX);
    }

    /**
     * Those of one route.
     *
     * @param prefix what their names begin with, in place of {@code HYPER_}
     */
    static PolicySettings of(Map<String, String> settings, String prefix) {
        return new PolicySettings(settings, prefix);
    }

    /** What the names of all settings end with. */
    static List<String> endings() {
        return ALL.stream()
                .map(setting -> setting.name().substring(PREFIX.length()))
                .toList();
    }

    /**
     * A policy with what the settings say put in its place.
     *
     * @throws IllegalArgumentException when a setting makes no sense; the message names it
     */
    FailoverPolicy over(FailoverPolicy base) {
        FailoverPolicy.Builder policy = base.toBuilder();
        ALL.forEach(setting -> apply(setting, policy));
        return policy.build();
    }

    /**
     * How old the vendors' lists of models may get; null when they are not asked for.
     *
     * @throws IllegalArgumentException when the setting makes no sense; the message names it
     */
    static @Nullable Duration modelRefresh(Map<String, String> settings) {
        String value = settings.getOrDefault(MODEL_REFRESH, "").strip();
        if (value.isEmpty()) {
            return Duration.ofHours(6);
        }
        if (value.equalsIgnoreCase("off")) {
            return null;
        }
        try {
            Duration interval = duration(value);
            return interval.isZero() ? null : interval;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(MODEL_REFRESH + ": " + e.getMessage(), e);
        }
    }

    private <T> void apply(Setting<T> setting, FailoverPolicy.Builder policy) {
        String name = prefix + setting.name().substring(PREFIX.length());
        String value = settings.get(name);
        if (value == null || value.isBlank()) {
            return;
        }
        try {
            setting.target().accept(policy, setting.parser().apply(value.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a duration such as 500ms, 30s or 2m, was '" + text + "'");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number, was '" + text + "'", e);
        }
    }

    private static <E extends Enum<E>> Function<String, E> word(E[] words) {
        return text -> Arrays.stream(words)
                .filter(word -> word.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(words)
                                .map(word ->
                                        word.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .collect(Collectors.joining(", "))
                        + ", was '" + text + "'"));
    }

    /**
     * One setting.
     *
     * @param name as the gateway's own is called
     * @param parser throws {@link IllegalArgumentException} when the text makes no sense
     * @param target where the value belongs
     */
    private record Setting<T>(String name, Function<String, T> parser, BiConsumer<FailoverPolicy.Builder, T> target) {}
}
