package dev.hypergateway.testkit;

import dev.hypergateway.testkit.wire.WireHeaders;
import java.util.Locale;
import java.util.UUID;

/** The header fields of xAI behind Cloudflare. Errors have neither request id nor rate limits. */
final class XaiHeaders {
    /** What the small models say for "no limit": the largest unsigned 64-bit number, which no {@code long} can hold. */
    private static final String UNLIMITED = "18446744073709551615";

    private XaiHeaders() {}

    static WireHeaders common() {
        return new WireHeaders()
                .add("Connection", "keep-alive")
                .add("Strict-Transport-Security", "max-age=31536000")
                .add("Vary", "origin, access-control-request-method, access-control-request-headers")
                .add("Access-Control-Allow-Origin", "*")
                .add("Access-Control-Expose-Headers", "*")
                .add("Cf-Cache-Status", "DYNAMIC")
                .add("Server", "cloudflare")
                .add("Cf-Ray", hex(16) + "-SBX");
    }

    static WireHeaders answer(Route route, SandboxRequest request) {
        boolean mini = request.model().contains("mini") || request.model().startsWith("grok-2");
        String tokens = mini ? UNLIMITED : "10000000";
        WireHeaders headers = common().add("Content-Type", route.streamed() ? "text/event-stream" : "application/json")
                .add("X-Ratelimit-Limit-Tokens", tokens)
                .add("X-Ratelimit-Remaining-Tokens", tokens)
                .add("X-Ratelimit-Limit-Requests", "1800")
                .add("X-Ratelimit-Remaining-Requests", "1800")
                .add("X-Zero-Data-Retention", "false")
                .add("X-Request-Id", UUID.randomUUID().toString())
                .add("Traceparent", "00-" + hex(32) + "-" + hex(16) + "-01");
        return route.streamed()
                ? headers.add("Cache-Control", "no-cache")
                : headers.add("X-Metrics-Ttft-Ms", "199.7")
                        .add("X-Metrics-Mean-Itl-Ms", "5.1")
                        .add("X-Metrics-E2e-Ms", "874.4");
    }

    private static String hex(int digits) {
        return UUID.randomUUID()
                .toString()
                .replace("-", "")
                .toLowerCase(Locale.ROOT)
                .substring(0, digits);
    }
}
