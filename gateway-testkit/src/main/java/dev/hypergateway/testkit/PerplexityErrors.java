package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireHeaders;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Perplexity's error table: {@code {"error":{"message","type","code"}}} and a line break, where the code is the status. Texts for
 * 403 and 5xx are not recorded and stand in for the vendor's; it has no error of its own for content.
 */
final class PerplexityErrors {
    private PerplexityErrors() {}

    static WireResponse response(Outcome.Refusal error, @Nullable String model) {
        WireHeaders headers = PerplexityHeaders.error();
        if (error.retryAfter() != null) {
            long seconds = error.retryAfter().plusMillis(999).toSeconds();
            headers.add("Retry-After", Long.toString(seconds));
        }
        return response(headers, body(error, model));
    }

    /** The request is wrong. */
    static WireResponse invalid(String type, String message) {
        return response(PerplexityHeaders.error(), body(400, type, message));
    }

    /** What unknown addresses get. */
    static WireResponse nothingHere() {
        return new WireResponse(404, PerplexityHeaders.common().add("Content-Type", "text/plain"), new byte[0], false);
    }

    static ObjectNode body(Outcome.Refusal error, @Nullable String model) {
        return switch (error.error()) {
            case INVALID_KEY, MISSING_KEY ->
                body(401, "invalid_api_key", "Invalid API key provided. Ensure your API key is correct and active.");
            case DAILY_QUOTA, OUT_OF_CREDIT, NO_CREDIT_YET ->
                body(
                        401,
                        "invalid_api_key",
                        "Invalid API key or insufficient credits. Please verify your API key at"
                                + " https://www.perplexity.ai/settings/api.");
            case FORBIDDEN, LEAKED_KEY, SERVICE_DISABLED, LOCATION_NOT_SUPPORTED ->
                body(403, "forbidden", "Access to this resource is denied.");
            case RATE_LIMITED, OVER_CAPACITY ->
                body(429, "request_rate_limit_exceeded", "Request rate limit exceeded, please try again later.");
            case MODEL_NOT_FOUND ->
                body(
                        400,
                        "invalid_model",
                        "Invalid model '" + Objects.requireNonNullElse(model, "")
                                + "'. Permitted models can be found in the documentation at"
                                + " https://docs.perplexity.ai/docs/getting-started/models.");
            case CONTEXT_TOO_LONG ->
                body(400, "too_many_prompt_tokens", "The total length of all messages is too long.");
            case BAD_REQUEST ->
                body(400, "bad_request", Objects.requireNonNullElse(error.message(), "Invalid request content."));
            case CONTENT_FILTERED -> body(400, "bad_request", "The request was refused.");
            case SERVER_ERROR -> body(500, "internal_server_error", "An internal error occurred.");
            case OVERLOADED -> body(503, "service_unavailable", "The service is temporarily unavailable.");
        };
    }

    private static ObjectNode body(int status, String type, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("message", message).put("type", type).put("code", status);
        return body;
    }

    private static WireResponse response(WireHeaders headers, ObjectNode body) {
        int status = body.path("error").path("code").asInt();
        return new WireResponse(status, headers, Json.bytes(Json.compact(body) + "\n"), true);
    }
}
