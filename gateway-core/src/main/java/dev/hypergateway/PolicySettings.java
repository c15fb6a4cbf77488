package dev.hypergateway;

import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.key.KeySelection;
import dev.hypergateway.routing.Route;
import dev.hypergateway.transport.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings by environment-variable name that say how far the gateway goes to get a call answered, which routes there are, and
 * how old its knowledge of models may get.
 * Durations are written {@code 500ms}, {@code 30s}, {@code 2m} or {@code 1h}.
 */
final class PolicySettings {
    private static final String MODEL_REFRESH = "HYPER_MODEL_REFRESH";
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    private final Map<String, String> settings;

    PolicySettings(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * A policy with what the settings say put in its place.
     *
     * @throws IllegalArgumentException when a setting makes no sense; the message names it
     */
    FailoverPolicy over(FailoverPolicy base) {
        Timeouts limits = base.timeouts();
        return base.toBuilder()
                .timeouts(new Timeouts(
                        duration("HYPER_HEADERS_TIMEOUT", limits.headers()),
                        duration("HYPER_FIRST_TOKEN_TIMEOUT", limits.firstToken()),
                        duration("HYPER_IDLE_TIMEOUT", limits.idle()),
                        duration("HYPER_ATTEMPT_TIMEOUT", limits.total())))
                .deadline(duration("HYPER_CALL_DEADLINE", base.deadline()))
                .maxWait(duration("HYPER_MAX_WAIT", base.maxWait()))
                .maxAttempts(number("HYPER_MAX_ATTEMPTS", base.maxAttempts()))
                .sameTargetRetries(number("HYPER_SAME_TARGET_RETRIES", base.sameTargetRetries()))
                .selection(word("HYPER_KEY_SELECTION", KeySelection.values(), base.selection()))
                .midStream(word("HYPER_MID_STREAM", FailoverPolicy.MidStream.values(), base.midStream()))
                .hedgeAfter(
                        optionalDuration("HYPER_HEDGE_AFTER", base.hedgeAfter().orElse(null)))
                .build();
    }

    /**
     * How old the vendors' lists of models may get; null when they are not asked for.
     *
     * @throws IllegalArgumentException when the setting makes no sense
     */
    @Nullable
    Duration modelRefresh() {
        Duration interval =
                "off".equalsIgnoreCase(settings.getOrDefault(MODEL_REFRESH, "").strip())
                        ? Duration.ZERO
                        : duration(MODEL_REFRESH, Duration.ofHours(6));
        return interval.isZero() ? null : interval;
    }

    /**
     * The routes of {@code HYPER_ROUTES}: {@code smart = google/gemini-2.5-pro, x-ai/grok-4; quick = …}.
     *
     * @throws IllegalArgumentException when the list makes no sense
     */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String part : settings.getOrDefault("HYPER_ROUTES", "").split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            List<String> models = Arrays.stream(part.substring(equals + 1).split(",", -1))
                    .map(String::strip)
                    .filter(model -> !model.isEmpty())
                    .toList();
            if (equals < 1 || models.isEmpty()) {
                throw new IllegalArgumentException(
                        "HYPER_ROUTES must be written name = model, model; name = model, …; it has '" + part.strip()
                                + "'");
            }
            routes.add(new Route(part.substring(0, equals).strip(), models));
        }
        return routes;
    }

    private Duration duration(String name, Duration otherwise) {
        return parsed(name, otherwise, text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        name + " must be a duration such as 500ms, 30s or 2m, was '" + text + "'");
            }
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
        });
    }

    private @Nullable Duration optionalDuration(String name, @Nullable Duration otherwise) {
        String value = settings.get(name);
        return value == null || value.isBlank() ? otherwise : duration(name, Duration.ZERO);
    }

    private int number(String name, int otherwise) {
        return parsed(name, otherwise, text -> {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " must be a whole number, was '" + text + "'", e);
            }
        });
    }

    private <E extends Enum<E>> E word(String name, E[] words, E otherwise) {
        return parsed(
                name,
                otherwise,
                text -> Arrays.stream(words)
                        .filter(word ->
                                word.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(name + " must be one of "
                                + Arrays.stream(words)
                                        .map(word -> word.name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '-'))
                                        .collect(Collectors.joining(", "))
                                + ", was '" + text + "'")));
    }

    private <T> T parsed(String name, T otherwise, Function<String, T> parser) {
        String value = settings.get(name);
        return value == null || value.isBlank() ? otherwise : parser.apply(value.strip());
    }
}
