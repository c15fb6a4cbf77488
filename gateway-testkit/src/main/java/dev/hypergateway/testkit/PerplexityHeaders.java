package dev.hypergateway.testkit;

import dev.hypergateway.testkit.wire.WireHeaders;
import java.util.UUID;

/** The header fields of Perplexity behind Cloudflare: no request id, no rate limits. */
final class PerplexityHeaders {
    private PerplexityHeaders() {}

    static WireHeaders common() {
        return new WireHeaders()
                .add("Connection", "keep-alive")
                .add("Server", "cloudflare")
                .add("Strict-Transport-Security", "max-age=15552000; includeSubDomains; preload")
                .add("Cf-Cache-Status", "DYNAMIC")
                .add("Cf-Ray", UUID.randomUUID().toString().replace("-", "").substring(0, 16) + "-SBX");
    }

    static WireHeaders answer(Route route) {
        WireHeaders headers = common().add("X-Ppl-Region", "us-east-1");
        return route.streamed()
                ? headers.add("Content-Type", "text/event-stream; charset=utf-8")
                        .add("Cache-Control", "no-cache")
                : headers.add("Content-Type", "application/json");
    }

    static WireHeaders error() {
        return common().add("Content-Type", "application/json").add("Access-Control-Allow-Origin", "*");
    }
}
