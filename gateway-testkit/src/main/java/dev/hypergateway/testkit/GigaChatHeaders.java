package dev.hypergateway.testkit;

import dev.hypergateway.testkit.wire.WireHeaders;
import java.util.UUID;

/** The header fields of GigaChat's legacy host, behind the proxy SynGX. */
final class GigaChatHeaders {
    private GigaChatHeaders() {}

    static WireHeaders api(String contentType) {
        return new WireHeaders()
                .add("Access-Control-Allow-Credentials", "true")
                .add("Access-Control-Allow-Headers", "Origin, X-Requested-With, Content-Type, Accept, Authorization")
                .add("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS")
                .add("Access-Control-Allow-Origin", "https://beta.saluteai.sberdevices.ru")
                .add("Allow", "GET, POST")
                .add("Connection", "keep-alive")
                .add("Content-Type", contentType)
                .add("Server", "SynGX")
                .add("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
                .add("X-Content-Type-Options", "nosniff")
                .add("X-Frame-Options", "SAMEORIGIN")
                .add("X-Request-Id", UUID.randomUUID().toString())
                .add("X-Session-Id", UUID.randomUUID().toString())
                .add("X-XSS-Protection", "1; mode=block");
    }

    static WireHeaders token() {
        return new WireHeaders()
                .add("Connection", "keep-alive")
                .add("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
                .add("Content-Type", "application/json")
                .add("Server", "SynGX");
    }
}
