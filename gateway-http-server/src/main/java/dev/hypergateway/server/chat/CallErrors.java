package dev.hypergateway.server.chat;

import dev.hypergateway.GatewayException;
import dev.hypergateway.openai.OpenAiError;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Json;
import dev.hypergateway.server.http.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Failed calls as answers. The exception has decided everything; this only writes it down. Stateless. */
final class CallErrors {
    private CallErrors() {}

    static OpenAiError error(GatewayException e) {
        return new OpenAiError(
                e.status(), String.valueOf(e.getMessage()), e.type(), e.param().orElse(null), e.code());
    }

    /** In OpenAI's form. */
    static Reply reply(Exchange exchange, GatewayException e) {
        return Reply.json(e.status(), error(e).toJson()).with(headers(exchange, e));
    }

    /** As {@code {"detail": "…"}}. */
    static Reply detail(Exchange exchange, GatewayException e) {
        return Json.reply(e.status(), Map.of("detail", String.valueOf(e.getMessage())))
                .with(headers(exchange, e));
    }

    private static Map<String, String> headers(Exchange exchange, GatewayException e) {
        Map<String, String> headers = new LinkedHashMap<>(CallReport.headers(exchange, e.trace()));
        e.retryAfter().ifPresent(wait -> headers.put("Retry-After", Long.toString(wholeSeconds(wait))));
        exchange.note("error", e.code());
        return headers;
    }

    /** Rounded up, so that nobody comes back too early. */
    private static long wholeSeconds(Duration wait) {
        return Math.max(0, wait.plusNanos(999_999_999).toSeconds());
    }
}
