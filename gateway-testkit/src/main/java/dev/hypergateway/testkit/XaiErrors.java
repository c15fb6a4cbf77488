package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireHeaders;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** xAI's error table: {@code {"code":"words","error":"a sentence"}}, and plain text where its JSON reader fails. */
final class XaiErrors {
    private static final String TEAM = "00000000-0000-0000-0000-000000000000";
    private static final String INVALID = "Client specified an invalid argument";
    private static final String NO_PERMISSION =
            "The caller does not have permission to execute the specified operation";

    private XaiErrors() {}

    static WireResponse response(Outcome.Refusal error, @Nullable String model, @Nullable String key) {
        WireHeaders headers = XaiHeaders.common().add("Content-Type", "application/json");
        if (error.retryAfter() != null) {
            long seconds = error.retryAfter().plusMillis(999).toSeconds();
            headers.add("Retry-After", Long.toString(seconds));
        }
        byte[] body = Json.bytes(Json.compact(body(error, model, key)));
        return new WireResponse(status(error.error()), headers, body, false);
    }

    /** An error with a code and text of its own. */
    static WireResponse flat(int status, String code, String error) {
        WireHeaders headers = XaiHeaders.common().add("Content-Type", "application/json");
        return new WireResponse(status, headers, Json.bytes(Json.compact(flat(code, error))), false);
    }

    /** The wrong argument of a request. */
    static WireResponse invalid(String message) {
        return response(new Outcome.Refusal(VendorError.BAD_REQUEST, null, message), null, null);
    }

    /** Plain text, as the JSON reader in front of the API answers. */
    static WireResponse text(int status, String message) {
        WireHeaders headers = XaiHeaders.common().add("Content-Type", "text/plain; charset=utf-8");
        return new WireResponse(status, headers, Json.bytes(message), false);
    }

    static ObjectNode body(Outcome.Refusal error, @Nullable String model, @Nullable String key) {
        String name = Objects.requireNonNullElse(model, "grok-4.3");
        return switch (error.error()) {
            case INVALID_KEY ->
                flat(
                        INVALID,
                        "Incorrect API key provided: " + masked(Objects.requireNonNullElse(key, ""))
                                + ". You can obtain an API key from https://console.x.ai.");
            case MISSING_KEY ->
                flat(
                        "unauthenticated",
                        "No API key was provided. You can obtain an API key from https://console.x.ai.");
            case FORBIDDEN, LEAKED_KEY, SERVICE_DISABLED ->
                flat(
                        "permission-denied",
                        "Access to the chat endpoint is denied. Please ensure you're using the correct"
                                + " credentials.");
            case LOCATION_NOT_SUPPORTED -> flat("permission-denied", "The service is not available in your region.");
            case RATE_LIMITED ->
                flat(
                        "resource-exhausted",
                        "Too many requests for team " + TEAM + " and model " + name
                                + ". Your team's rate limit is - Requests per Minute (actual/limit): 2/2.");
            case OVER_CAPACITY -> flat("resource-exhausted", "Too many requests. Please try again later.");
            case DAILY_QUOTA, OUT_OF_CREDIT ->
                flat(
                        "resource-exhausted",
                        "Your team " + TEAM + " has either used all available credits or reached its"
                                + " monthly spending limit. To continue making API requests, please purchase more credits or"
                                + " raise your spending limit.");
            case NO_CREDIT_YET ->
                flat(
                        NO_PERMISSION,
                        "Your newly created team doesn't have any credits or licenses yet. You can purchase"
                                + " those on https://console.x.ai/team/" + TEAM + ".");
            case MODEL_NOT_FOUND ->
                flat(
                        "Some requested entity was not found",
                        "The model " + name + " does not exist or your team " + TEAM
                                + " does not have access to it. Please ensure you're using the correct API key. If you believe"
                                + " this is a mistake, please contact support and quote your team ID and the model name.");
            case CONTEXT_TOO_LONG ->
                flat(INVALID, "This model's maximum prompt length is 131072 but the request contains 625077 tokens.");
            case BAD_REQUEST -> flat(INVALID, Objects.requireNonNullElse(error.message(), "Invalid request content."));
            case CONTENT_FILTERED ->
                flat(
                        NO_PERMISSION,
                        "Content violates usage guidelines. Team: " + TEAM + ", API key ID: " + TEAM + ", Model: "
                                + name + ", Failed check: SAFETY_CHECK_TYPE_BIO");
            case SERVER_ERROR -> flat("Internal error", "An internal error has occurred. Please try again later.");
            case OVERLOADED ->
                flat(
                        "The service is currently unavailable",
                        "Service temporarily unavailable. The model is at capacity"
                                + " and currently cannot serve this request. Please try again later.");
        };
    }

    private static int status(VendorError error) {
        return switch (error) {
            case INVALID_KEY, CONTEXT_TOO_LONG, BAD_REQUEST -> 400;
            case MISSING_KEY -> 401;
            case FORBIDDEN, LEAKED_KEY, SERVICE_DISABLED, LOCATION_NOT_SUPPORTED, NO_CREDIT_YET, CONTENT_FILTERED ->
                403;
            case MODEL_NOT_FOUND -> 404;
            case RATE_LIMITED, OVER_CAPACITY, DAILY_QUOTA, OUT_OF_CREDIT -> 429;
            case SERVER_ERROR -> 500;
            case OVERLOADED -> 503;
        };
    }

    private static ObjectNode flat(String code, String error) {
        return Json.object().put("code", code).put("error", error);
    }

    /** The vendor quotes the first and last two characters of the key. */
    private static String masked(String key) {
        return key.length() < 5 ? "***" : key.substring(0, 2) + "***" + key.substring(key.length() - 2);
    }
}
