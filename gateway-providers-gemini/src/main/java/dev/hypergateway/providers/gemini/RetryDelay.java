package dev.hypergateway.providers.gemini;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long Google asks to wait: a protobuf duration such as {@code 48s} or {@code 34.4s}, or words in a message. Stateless. */
final class RetryDelay {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");
    private static final Pattern IN_MESSAGE = Pattern.compile(
            "(?i)(?<words>please retry in )(?:(?<hours>\\d{1,4})h)?(?:(?<minutes>\\d{1,6})m(?!s))?(?:(?<rest>\\d{1,9}(?:\\.\\d{1,9})?)(?<unit>m?s))?");

    private RetryDelay() {}

    /** The delay, rounded up to the millisecond, or null when the text is none. */
    static @Nullable Duration parse(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        return matcher.matches() ? seconds(matcher.group(1)) : null;
    }

    /** The delay after "Please retry in", as in {@code 48.939935699s}, {@code 7h12m3.5s} or {@code 512.3ms}. */
    static @Nullable Duration inMessage(String message) {
        Matcher matcher = IN_MESSAGE.matcher(message);
        if (!matcher.find() || matcher.end() == matcher.end("words")) {
            return null;
        }
        Duration delay = Duration.ZERO;
        if (matcher.group("hours") != null) {
            delay = delay.plusHours(Long.parseLong(matcher.group("hours")));
        }
        if (matcher.group("minutes") != null) {
            delay = delay.plusMinutes(Long.parseLong(matcher.group("minutes")));
        }
        if (matcher.group("rest") != null) {
            Duration rest = seconds(matcher.group("rest"));
            delay = delay.plus("ms".equalsIgnoreCase(matcher.group("unit")) ? rest.dividedBy(1000) : rest);
        }
        return delay;
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(new BigDecimal(text)
                .movePointRight(3)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact());
    }
}
