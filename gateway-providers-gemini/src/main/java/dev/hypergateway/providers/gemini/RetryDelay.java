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
            "(?i)please retry in (?:(\\d{1,4})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,9})?)(m?s))?");

    private RetryDelay() {}

    /** The delay, rounded up to the millisecond, or null when the text is none. */
    static @Nullable Duration parse(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        return matcher.matches() ? seconds(matcher.group(1)) : null;
    }

    /** The delay after "Please retry in", as in {@code 48.939935699s}, {@code 7h12m3.5s} or {@code 512.3ms}. */
    static @Nullable Duration inMessage(String message) {
        Matcher matcher = IN_MESSAGE.matcher(message);
        if (!matcher.find() || matcher.group(1) == null && matcher.group(2) == null && matcher.group(3) == null) {
            return null;
        }
        Duration delay = Duration.ZERO;
        if (matcher.group(1) != null) {
            delay = delay.plusHours(Long.parseLong(matcher.group(1)));
        }
        if (matcher.group(2) != null) {
            delay = delay.plusMinutes(Long.parseLong(matcher.group(2)));
        }
        if (matcher.group(3) != null) {
            Duration rest = seconds(matcher.group(3));
            delay = delay.plus("ms".equalsIgnoreCase(matcher.group(4)) ? rest.dividedBy(1000) : rest);
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
