package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatResponse;
import java.time.Instant;
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
        return new GeminiAnswer("gemini-2.5-flash", NOW.plusMillis(123), () -> "call_" + ids.incrementAndGet());
    }
}
