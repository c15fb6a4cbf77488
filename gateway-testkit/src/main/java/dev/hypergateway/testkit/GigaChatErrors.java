package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireHeaders;
import java.util.Objects;

/**
 * GigaChat's error table: {@code {"status":N,"message":"…"}} at the API, {@code {"code":N,"message":"…"}} at the token endpoint. Where
 * the vendor's words are not known (503, a context that is too long), HTTP's own stand in.
 */
final class GigaChatErrors {
    private GigaChatErrors() {}

    static WireResponse api(Outcome.Refusal error) {
        WireResponse response = api(status(error.error()), message(error));
        if (error.retryAfter() != null) {
            long seconds = error.retryAfter().plusMillis(999).toSeconds();
            response.headers().add("Retry-After", Long.toString(seconds));
        }
        return response;
    }

    static WireResponse api(int status, String message) {
        WireHeaders headers = GigaChatHeaders.api("application/json; charset=utf-8");
        return new WireResponse(status, headers, Json.bytes(Json.compact(body(status, message)) + "\n"), false);
    }

    static ObjectNode body(int status, String message) {
        return Json.object().put("status", status).put("message", message);
    }

    static WireResponse token(Outcome.Refusal error) {
        return error.error() == VendorError.MISSING_KEY
                ? token(401, 4, "Can't decode 'Authorization' header")
                : token(401, 6, "credentials doesn't match db data");
    }

    static WireResponse token(int status, int code, String message) {
        ObjectNode body = Json.object().put("code", code).put("message", message);
        return new WireResponse(status, GigaChatHeaders.token(), Json.bytes(Json.compact(body)), false);
    }

    private static int status(VendorError error) {
        return switch (error) {
            case INVALID_KEY, MISSING_KEY, LEAKED_KEY -> 401;
            case DAILY_QUOTA, OUT_OF_CREDIT, NO_CREDIT_YET -> 402;
            case FORBIDDEN, SERVICE_DISABLED, LOCATION_NOT_SUPPORTED -> 403;
            case MODEL_NOT_FOUND -> 404;
            case BAD_REQUEST -> 400;
            case CONTEXT_TOO_LONG -> 413;
            case RATE_LIMITED, OVER_CAPACITY -> 429;
            case SERVER_ERROR, CONTENT_FILTERED -> 500;
            case OVERLOADED -> 503;
        };
    }

    private static String message(Outcome.Refusal error) {
        return switch (error.error()) {
            case INVALID_KEY, MISSING_KEY, LEAKED_KEY -> "Unauthorized";
            case DAILY_QUOTA, OUT_OF_CREDIT, NO_CREDIT_YET -> "Payment Required";
            case FORBIDDEN, SERVICE_DISABLED, LOCATION_NOT_SUPPORTED -> "Permission denied";
            case MODEL_NOT_FOUND -> "No such model";
            case BAD_REQUEST ->
                Objects.requireNonNullElse(error.message(), "Your request contains invalid JSON syntax.");
            case CONTEXT_TOO_LONG -> "Payload too large";
            case RATE_LIMITED, OVER_CAPACITY -> "Too Many Requests";
            case SERVER_ERROR, CONTENT_FILTERED -> "Internal Server Error";
            case OVERLOADED -> "Service Unavailable";
        };
    }
}
