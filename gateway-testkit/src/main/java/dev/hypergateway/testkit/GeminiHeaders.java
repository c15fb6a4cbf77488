package dev.hypergateway.testkit;

import dev.hypergateway.testkit.wire.WireHeaders;

/** The header fields of Gemini's front end. It sends neither rate limits, nor a request id, nor Retry-After. */
final class GeminiHeaders {
    private GeminiHeaders() {}

    static WireHeaders common() {
        return new WireHeaders()
                .add("Vary", "Origin")
                .add("Vary", "Referer")
                .add("Vary", "X-Origin")
                .add("Server", "scaffolding on HTTPServer2")
                .add("X-Xss-Protection", "0")
                .add("X-Frame-Options", "SAMEORIGIN")
                .add("X-Content-Type-Options", "nosniff")
                .add("Server-Timing", "gfet4t7; dur=42");
    }

    /** Those of the server that takes uploads. */
    static WireHeaders upload() {
        return new WireHeaders().add("X-Guploader-Uploadid", "sandbox").add("Server", "UploadServer");
    }

    static WireHeaders answer(Route.Style style) {
        return switch (style) {
            case EVENTS -> common().add("Content-Type", "text/event-stream").add("Content-Disposition", "attachment");
            case ARRAY -> common().add("Content-Type", "application/json; charset=UTF-8");
            case WHOLE ->
                common().add("X-Gemini-Service-Tier", "standard")
                        .add("Content-Type", "application/json; charset=UTF-8");
        };
    }
}
