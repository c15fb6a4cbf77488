package dev.hypergateway.provider;

import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Failures that look the same at every vendor. Stateless. */
public final class Failures {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(31);

    private Failures() {}

    /** What a broken exchange means. */
    public static Failure of(TransportException e, AttemptControl control) {
        boolean content = control.contentSeen();
        String message = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case CANCELLED -> Failure.of(FailureKind.CANCELLED, message);
            case CONNECT, TLS -> Failure.of(FailureKind.UNAVAILABLE, message);
            case BROKEN, TOO_LARGE -> Failure.of(content ? FailureKind.INTERRUPTED : FailureKind.UNAVAILABLE, message);
            case HEADERS_TIMEOUT, FIRST_TOKEN_TIMEOUT ->
                Failure.builder(FailureKind.TIMEOUT, message).silent(true).build();
            case IDLE_TIMEOUT, TOTAL_TIMEOUT ->
                content
                        ? Failure.of(FailureKind.INTERRUPTED, message)
                        : Failure.builder(FailureKind.TIMEOUT, message)
                                .silent(true)
                                .build();
        };
    }

    /** The exception to throw for a broken exchange. */
    public static ProviderException exception(TransportException e, AttemptControl control) {
        return new ProviderException(of(e, control), e);
    }

    /** A stream that ended without its finish reason. */
    public static ProviderException truncated(AttemptControl control) {
        return new ProviderException(
                control.contentSeen()
                        ? Failure.of(
                                FailureKind.INTERRUPTED, "the vendor's stream ended before the answer was complete")
                        : Failure.of(FailureKind.UNAVAILABLE, "the vendor's stream ended without an answer"));
    }

    /**
     * A stream that ended without its finish reason.
     *
     * @param skipped how many of its events could not be read
     */
    public static ProviderException truncated(AttemptControl control, int skipped) {
        ProviderException plain = truncated(control);
        return skipped == 0
                ? plain
                : new ProviderException(plain.failure().toBuilder()
                        .message(plain.failure().message() + "; " + skipped + " events could not be read")
                        .build());
    }

    /** A 2xx answer whose body is not what the vendor's API promises. */
    public static ProviderException unreadable(String what, @Nullable Throwable cause) {
        return new ProviderException(
                Failure.of(FailureKind.UNAVAILABLE, "the vendor's answer could not be read: " + what), cause);
    }

    /**
     * The kind that a status alone suggests, for bodies that say nothing better. 4xx that nobody knows is the caller's fault.
     */
    public static FailureKind kindOfStatus(int status) {
        return switch (status) {
            case 401, 403 -> FailureKind.CREDENTIAL_REJECTED;
            case 402 -> FailureKind.QUOTA_EXHAUSTED;
            case 404 -> FailureKind.MODEL_UNAVAILABLE;
            case 408 -> FailureKind.UNAVAILABLE;
            case 429 -> FailureKind.RATE_LIMITED;
            default -> status >= 400 && status < 500 ? FailureKind.INVALID_REQUEST : FailureKind.UNAVAILABLE;
        };
    }

    /**
     * How long a vendor asks to stay away: {@code retry-after-ms}, or {@code Retry-After} in seconds or as a date (RFC 9110
     * §10.2.3). Values over 31 days are cut to that.
     *
     * @param now the present, for dates
     */
    public static Optional<Duration> retryAfter(UpstreamHeaders headers, Instant now) {
        return headers.first("retry-after-ms")
                .flatMap(Failures::parseMillis)
                .or(() -> headers.first("Retry-After").flatMap(value -> parseRetryAfter(value, now)))
                .map(value -> value.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : value);
    }

    /** The beginning of an error body that is not JSON, as one line without markup. */
    public static String excerpt(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 4096), StandardCharsets.UTF_8);
        if (text.stripLeading().startsWith("<")) {
            text = text.replaceAll("(?is)<(script|style)\\b.*?(</\\1>|$)", " ").replaceAll("(?s)<[^>]*>", " ");
        }
        return text.replaceAll("\\s+", " ").strip();
    }

    private static Optional<Duration> parseMillis(String value) {
        try {
            double millis = Double.parseDouble(value.strip());
            return millis >= 0 && !Double.isInfinite(millis)
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(millis)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> parseRetryAfter(String value, Instant now) {
        String text = value.strip();
        try {
            double seconds = Double.parseDouble(text);
            return seconds >= 0 && seconds < 1e12
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)))
                    : Optional.empty();
        } catch (NumberFormatException notANumber) {
            try {
                Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                        .toInstant();
                Duration wait = Duration.between(now, at);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
            } catch (DateTimeParseException neither) {
                return Optional.empty();
            }
        }
    }
}
