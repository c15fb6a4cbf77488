package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import java.time.Clock;

/** Requests in tests as they are before their attachments are fetched, with nothing kept from earlier calls. */
final class Drafts {
    static final String MODEL = "gemini-2.5-flash";

    private Drafts() {}

    static Draft of(String model, ChatRequest request) {
        Clock clock = Clock.systemUTC();
        return GeminiRequestWriter.write(
                request, GeminiModelName.of(model), new FileStore(clock), new SignatureStore(clock, 1000));
    }

    static JsonNode body(String model, ChatRequest.Builder request) {
        return of(model, request.build()).body();
    }

    static JsonNode body(ChatRequest.Builder request) {
        return body(MODEL, request);
    }
}
