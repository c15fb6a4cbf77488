package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireHeaders;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gemini's error table: {@code {"error":{"code","message","status","details"}}}. */
final class GeminiErrors {
    private static final String TYPE = "type.googleapis.com/google.rpc.";
    private static final String QUOTA_INTRO =
            "You exceeded your current quota, please check your plan and billing details."
                    + " For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits."
                    + " To monitor your current usage, head to: https://ai.dev/rate-limit. ";
    private static final Duration RECORDED_RETRY_DELAY = Duration.ofNanos(48_939_935_699L);

    private GeminiErrors() {}

    /** The response to this body: under a stream's content type to a streamed request, in an array without {@code alt=sse}. */
    static WireResponse response(ObjectNode body, Route route) {
        int status = body.path("error").path("code").asInt();
        return switch (route.style()) {
            case WHOLE -> GeminiDialect.json(status, body);
            case EVENTS -> {
                WireHeaders headers = GeminiHeaders.common().add("Content-Type", "text/event-stream");
                yield new WireResponse(status, headers, Json.bytes(Json.pretty(body)), false);
            }
            case ARRAY -> {
                WireHeaders headers = GeminiHeaders.common().add("Content-Type", "application/json; charset=UTF-8");
                yield new WireResponse(
                        status, headers, Json.bytes(Json.pretty(body.arrayNode().add(body))), true);
            }
        };
    }

    static ObjectNode body(Outcome.Refusal error, String model) {
        return switch (error.error()) {
            case INVALID_KEY -> invalidKey();
            case MISSING_KEY ->
                error(
                        403,
                        "PERMISSION_DENIED",
                        "Method doesn't allow unregistered callers (callers without established"
                                + " identity). Please use API Key or other form of API consumer identity to call this API.");
            case LEAKED_KEY ->
                error(403, "PERMISSION_DENIED", "Your API key was reported as leaked. Please use another API key.");
            case FORBIDDEN -> keyRestricted();
            case SERVICE_DISABLED -> serviceDisabled();
            case LOCATION_NOT_SUPPORTED ->
                error(400, "FAILED_PRECONDITION", "User location is not supported for the API use.");
            case RATE_LIMITED ->
                quota(
                        model,
                        "generate_content_paid_tier_input_token_count",
                        "GenerateContentPaidTierInputTokensPerModelPerMinute",
                        "1000000",
                        error.retryAfter());
            case DAILY_QUOTA ->
                quota(
                        model,
                        "generate_content_free_tier_requests",
                        "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
                        "20",
                        error.retryAfter());
            case OVER_CAPACITY ->
                error(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "Resource exhausted. Please try again later. Please refer to"
                                + " https://cloud.google.com/vertex-ai/generative-ai/docs/error-code-429 for more details.");
            case OUT_OF_CREDIT, NO_CREDIT_YET ->
                error(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "Your prepayment credits are depleted. Please go to AI Studio at"
                                + " https://ai.studio/projects to manage your project and billing.");
            case MODEL_NOT_FOUND ->
                error(
                        404,
                        "NOT_FOUND",
                        "models/" + model + " is not found for API version v1beta, or is not supported"
                                + " for generateContent. Call ModelService.ListModels to see the list of available models and"
                                + " their supported methods.");
            case CONTEXT_TOO_LONG -> tooLong(1_250_060);
            case BAD_REQUEST, CONTENT_FILTERED ->
                invalid(Objects.requireNonNullElse(error.message(), "Request contains an invalid argument."));
            case SERVER_ERROR ->
                error(
                        500,
                        "INTERNAL",
                        "An internal error has occurred. Please retry or report in"
                                + " https://developers.generativeai.google/guide/troubleshooting");
            case OVERLOADED -> error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
        };
    }

    static ObjectNode invalid(String message) {
        return error(400, "INVALID_ARGUMENT", message);
    }

    static ObjectNode tooLong(int tokens) {
        return invalid("The input token count (" + tokens + ") exceeds the maximum number of tokens allowed ("
                + GeminiModels.INPUT_LIMIT + ").");
    }

    static ObjectNode error(int code, String status, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message).put("status", status);
        return body;
    }

    /** Adds an entry to the details of an error. */
    static ObjectNode detail(ObjectNode body, String type) {
        return ((ObjectNode) body.get("error")).withArray("details").addObject().put("@type", TYPE + type);
    }

    private static ObjectNode invalidKey() {
        String message = "API key not valid. Please pass a valid API key.";
        ObjectNode body = invalid(message);
        errorInfo(body, "API_KEY_INVALID").put("service", "generativelanguage.googleapis.com");
        detail(body, "LocalizedMessage").put("locale", "en-US").put("message", message);
        return body;
    }

    private static ObjectNode keyRestricted() {
        String method = "google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent";
        ObjectNode body = error(
                403,
                "PERMISSION_DENIED",
                "Requests to this API generativelanguage.googleapis.com method " + method + " are blocked.");
        errorInfo(body, "API_KEY_SERVICE_BLOCKED")
                .put("consumer", "projects/000000000000")
                .put("methodName", method)
                .put("apiName", "generativelanguage.googleapis.com")
                .put("service", "generativelanguage.googleapis.com");
        return body;
    }

    private static ObjectNode serviceDisabled() {
        String url = "https://console.developers.google.com/apis/api/generativelanguage.googleapis.com/overview"
                + "?project=000000000000";
        String message = "Generative Language API has not been used in project 000000000000 before or it is disabled."
                + " Enable it by visiting " + url + " then retry. If you enabled this API recently, wait a few minutes"
                + " for the action to propagate to our systems and retry.";
        ObjectNode body = error(403, "PERMISSION_DENIED", message);
        errorInfo(body, "SERVICE_DISABLED")
                .put("activationUrl", url)
                .put("consumer", "projects/000000000000")
                .put("containerInfo", "000000000000")
                .put("service", "generativelanguage.googleapis.com")
                .put("serviceTitle", "Generative Language API");
        detail(body, "LocalizedMessage").put("locale", "en-US").put("message", message);
        help(body, "Google developers console API activation", url);
        return body;
    }

    private static ObjectNode quota(
            String model, String metric, String id, String limit, @Nullable Duration retryAfter) {
        Duration delay = retryAfter == null ? RECORDED_RETRY_DELAY : retryAfter;
        String message = QUOTA_INTRO + "\n* Quota exceeded for metric: generativelanguage.googleapis.com/" + metric
                + ", limit: " + limit + ", model: " + model + "\nPlease retry in " + seconds(delay) + "s.";
        ObjectNode body = error(429, "RESOURCE_EXHAUSTED", message);
        help(body, "Learn more about Gemini API quotas", "https://ai.google.dev/gemini-api/docs/rate-limits");
        ArrayNode violations = detail(body, "QuotaFailure").putArray("violations");
        ObjectNode violation = violations
                .addObject()
                .put("quotaMetric", "generativelanguage.googleapis.com/" + metric)
                .put("quotaId", id);
        violation.putObject("quotaDimensions").put("location", "global").put("model", model);
        violation.put("quotaValue", limit);
        // The recorded delay is cut to whole seconds although the message has nine digits.
        String hint = retryAfter == null ? Long.toString(delay.toSeconds()) : seconds(delay);
        detail(body, "RetryInfo").put("retryDelay", hint + "s");
        return body;
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    }

    private static ObjectNode errorInfo(ObjectNode body, String reason) {
        return detail(body, "ErrorInfo")
                .put("reason", reason)
                .put("domain", "googleapis.com")
                .putObject("metadata");
    }

    private static void help(ObjectNode body, String description, String url) {
        detail(body, "Help")
                .putArray("links")
                .addObject()
                .put("description", description)
                .put("url", url);
    }
}
