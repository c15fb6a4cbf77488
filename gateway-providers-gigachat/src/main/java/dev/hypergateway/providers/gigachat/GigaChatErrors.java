package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Redactor;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamHeaders;
import dev.hypergateway.transport.UpstreamResponse;
import java.time.Clock;
import java.util.List;

/** Turns GigaChat's error answers into failures by the {@link ErrorTable}. Thread-safe. */
final class GigaChatErrors {
    private final Clock clock;

    GigaChatErrors(Clock clock) {
        this.clock = clock;
    }

    /** The failure behind a status of the API that is not 2xx. */
    ProviderException ofApi(int status, UpstreamHeaders headers, byte[] body, Credential credential) {
        return new ProviderException(failure(GigaChatError.of(status, body), ErrorTable.API, headers, credential));
    }

    /** The failure behind a status of the token endpoint that is not 2xx. */
    ProviderException ofTokenExchange(UpstreamResponse response, Credential credential) {
        GigaChatError error = GigaChatError.of(response.status(), response.body());
        return new ProviderException(failure(error, ErrorTable.TOKEN, response.headers(), credential));
    }

    /**
     * The failure behind an error object in an answer that began with 2xx. What is an outage before content is an interruption
     * after it.
     */
    ProviderException inBand(JsonNode error, UpstreamHeaders headers, Credential credential, AttemptControl control) {
        int said = error.path("status").asInt(0);
        int status = said >= 400 && said < 600 ? said : 500;
        Failure failure = failure(GigaChatError.of(status, error), ErrorTable.API, headers, credential);
        if (!control.contentSeen() || !failure.kind().isOutage()) {
            return new ProviderException(failure);
        }
        return new ProviderException(Failure.builder(FailureKind.INTERRUPTED, failure.message())
                .httpStatus(status)
                .requestId(failure.requestId().orElse(null))
                .build());
    }

    private Failure failure(GigaChatError error, List<ErrorRule> rows, UpstreamHeaders headers, Credential credential) {
        ErrorRule rule = ErrorTable.rowFor(error, rows);
        Failure.Builder failure = Failure.builder(
                        rule.kind(), Redactor.redact(message(error, rule), credential.secret()))
                .httpStatus(error.status())
                .code(error.code())
                .param(rule.param())
                .requestId(headers.first("X-Request-Id").orElse(null))
                .retryAfter(Failures.retryAfter(headers, clock.instant()).orElse(rule.pause()));
        if (rule.scope() != null) {
            failure.scope(rule.scope());
        }
        return failure.build();
    }

    private static String message(GigaChatError error, ErrorRule rule) {
        String said = error.message().isEmpty() ? "HTTP " + error.status() + " without a reason" : error.message();
        return rule.remedy() == null ? said : said + " – " + rule.remedy();
    }
}
