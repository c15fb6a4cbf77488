package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Failures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error answer, taken apart. Google's shape is {@code {"error": {"code", "message", "status", "details": [{"@type", …}]}}},
 * the same inside an array when a stream was asked for without {@code alt=sse}; front ends answer with HTML or nothing.
 *
 * @param status HTTP status
 * @param code the status word, such as {@code INVALID_ARGUMENT}; null when the body has none
 * @param message the reason; empty when the body has none
 * @param isGoogles whether the body has Google's shape
 * @param reasons the word of each {@code ErrorInfo}, such as {@code API_KEY_INVALID}
 * @param quotas each exceeded quota
 * @param retryDelay {@code retryDelay} of {@code RetryInfo}, else what the message says; null when neither
 */
record GeminiError(
        int status,
        @Nullable String code,
        String message,
        boolean isGoogles,
        List<String> reasons,
        List<Quota> quotas,
        @Nullable Duration retryDelay) {

    /** Google lists each exceeded quota in the message: "* Quota exceeded for metric: …, limit: 0, model: …". */
    private static final Pattern LIMIT = Pattern.compile("Quota exceeded for metric: [^,\\n]+, limit: (\\d+)");

    /**
     * One violation of a {@code QuotaFailure}.
     *
     * @param id for example {@code GenerateRequestsPerDayPerProjectPerModel-FreeTier}
     */
    record Quota(String id) {
        boolean isDaily() {
            return id.contains("PerDay");
        }

        boolean isPerModel() {
            return id.contains("PerModel");
        }
    }

    /** The error in a body of any kind. */
    static GeminiError of(int status, byte[] body) {
        try {
            JsonNode tree = GeminiJson.parse(body);
            JsonNode error = (tree.isArray() ? tree.path(0) : tree).path("error");
            if (error.isObject()) {
                return of(status, error);
            }
        } catch (IOException notJson) {
            return foreign(status, body);
        }
        return foreign(status, body);
    }

    private static GeminiError foreign(int status, byte[] body) {
        return new GeminiError(status, null, Failures.excerpt(body), false, List.of(), List.of(), null);
    }

    /** The error in the object {@code error} of an answer. */
    static GeminiError of(int status, JsonNode error) {
        List<String> reasons = new ArrayList<>();
        List<Quota> quotas = new ArrayList<>();
        Duration delay = null;
        for (JsonNode detail : error.path("details")) {
            String type = detail.path("@type").asText();
            if (type.endsWith(".ErrorInfo")) {
                reasons.add(detail.path("reason").asText());
            } else if (type.endsWith(".QuotaFailure")) {
                for (JsonNode violation : detail.path("violations")) {
                    quotas.add(new Quota(violation.path("quotaId").asText()));
                }
            } else if (type.endsWith(".RetryInfo")) {
                delay = RetryDelay.parse(detail.path("retryDelay").asText());
            }
        }
        String message = error.path("message").asText("");
        return new GeminiError(
                status,
                error.hasNonNull("status") ? error.get("status").asText() : null,
                message,
                true,
                List.copyOf(reasons),
                List.copyOf(quotas),
                delay != null ? delay : RetryDelay.inMessage(message));
    }

    /** Whether a quota for one model and one day is exceeded. */
    boolean isDailyQuotaOfModel() {
        return quotas.stream().anyMatch(quota -> quota.isDaily() && quota.isPerModel());
    }

    /** Whether a quota for one day is exceeded. */
    boolean isDailyQuota() {
        return quotas.stream().anyMatch(Quota::isDaily);
    }

    /** Whether each exceeded quota is zero, so that waiting does not help. */
    boolean hasNoQuotaAtAll() {
        long limits = LIMIT.matcher(message).results().count();
        long zeros = LIMIT.matcher(message)
                .results()
                .filter(limit -> limit.group(1).equals("0"))
                .count();
        return limits > 0 && limits == zeros;
    }

    /** Whether the message holds these words, upper and lower case aside. */
    boolean says(String words) {
        return message.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }
}
