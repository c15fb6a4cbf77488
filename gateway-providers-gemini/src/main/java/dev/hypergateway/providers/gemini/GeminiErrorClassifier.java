package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Redactor;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Turns Gemini's error answers into failures by the table of {@link ErrorTable}. Thread-safe. */
final class GeminiErrorClassifier {
    private final Clock clock;

    GeminiErrorClassifier(Clock clock) {
        this.clock = clock;
    }

    /** The failure behind a status that is not 2xx. */
    ProviderException classify(int status, UpstreamHeaders headers, byte[] body, Credential credential) {
        Duration header = Failures.retryAfter(headers, clock.instant()).orElse(null);
        return new ProviderException(failure(GeminiError.of(status, body), header, credential));
    }

    /**
     * The failure behind an {@code error} object in an answer that began with 2xx. What is an outage before content is an
     * interruption after it.
     */
    ProviderException inBand(JsonNode error, Credential credential, AttemptControl control) {
        int code = error.path("code").asInt(0);
        int status = code >= 400 && code < 600 ? code : 500;
        Failure failure = failure(GeminiError.of(status, error), null, credential);
        if (!control.contentSeen() || !failure.kind().isOutage()) {
            return new ProviderException(failure);
        }
        return new ProviderException(Failure.builder(FailureKind.INTERRUPTED, failure.message())
                .httpStatus(status)
                .code(failure.code().orElse(null))
                .build());
    }

    private Failure failure(GeminiError error, @Nullable Duration retryAfterHeader, Credential credential) {
        ErrorRule rule = ErrorTable.rowFor(error);
        boolean untilReset = rule.kind() == FailureKind.QUOTA_EXHAUSTED && error.isDailyQuota();
        Instant resetAt = untilReset ? DailyQuota.resetAfter(clock.instant()) : null;
        boolean waits = resetAt == null && rule.kind() != FailureKind.MODEL_UNAVAILABLE;
        Duration delay = error.retryDelay() != null ? error.retryDelay() : retryAfterHeader;
        Failure.Builder failure = Failure.builder(rule.kind(), Redactor.redact(message(error), credential.secret()))
                .httpStatus(error.status())
                .code(error.code())
                .param(rule.param())
                .retryAfter(waits ? delay : null)
                .resetAt(resetAt);
        if (rule.scope() != null) {
            failure.scope(rule.scope());
        }
        return failure.build();
    }

    private static String message(GeminiError error) {
        if (error.status() == 404 && !error.isGoogles()) {
            return "there is no Gemini API at this address; check " + GeminiProvider.BASE_URI_SETTING
                    + " (it should end in /v1beta)";
        }
        return error.message().isEmpty() ? "HTTP " + error.status() + " without a reason" : error.message();
    }
}
