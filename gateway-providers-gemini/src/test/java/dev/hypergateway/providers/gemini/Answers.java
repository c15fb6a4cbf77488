package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads answers in tests, with countable ids and a fixed time. */
final class Answers {
    static final Instant NOW = Instant.parse("2026-08-19T14:34:51Z");

    private Answers() {}

    static ChatResponse whole(String json) {
        return GeminiResponseReader.read(Json.of(json), fresh());
    }

    static List<ChatEvent> streamed(String... chunks) {
        GeminiAnswer answer = fresh();
        List<ChatEvent> events = new ArrayList<>();
        for (String chunk : chunks) {
            JsonNode tree = Json.of(chunk);
            events.addAll(answer.accept(tree));
        }
        events.addAll(answer.end());
        return events;
    }

    static GeminiAnswer fresh() {
        AtomicInteger ids = new AtomicInteger();
        SignatureStore store = new SignatureStore(Clock.fixed(NOW, ZoneOffset.UTC), 1000);
        GeminiModelName model = GeminiModelName.of("gemini-2.5-flash");
        return new GeminiAnswer(
                model.id(),
                NOW.plusMillis(123),
                new AnswerSignatures(store, model, null, () -> "call_" + ids.incrementAndGet()));
    }
}
