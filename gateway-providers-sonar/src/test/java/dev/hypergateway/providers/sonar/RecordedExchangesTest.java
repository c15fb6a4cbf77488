package dev.hypergateway.providers.sonar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.Cost;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.openai.ChatResponseWriter;
import dev.hypergateway.openai.ChunkWriter;
import dev.hypergateway.openai.StatedCost;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.recordings.Asked;
import dev.hypergateway.recordings.CoverageTable;
import dev.hypergateway.recordings.Covered;
import dev.hypergateway.recordings.OpenAiAnswer;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import dev.hypergateway.trace.FailureKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Real exchanges with Perplexity, replayed; {@code docs/recordings-perplexity.md} lists them. An answer is compared whole, in the
 * JSON that a client of ours gets: every field of Perplexity's is there again, once, and the sources are annotations besides.
 */
class RecordedExchangesTest {
    private static final String REPAIRED = "error-400-role-alternation";

    private static final Map<String, FailureKind> FAILURES = Map.of(
            "error-400-context-too-long", FailureKind.CONTEXT_TOO_LONG,
            "error-400-role-alternation", FailureKind.INVALID_REQUEST,
            "error-400-user-input-tokens", FailureKind.CONTEXT_TOO_LONG,
            "error-401-html-openresty", FailureKind.CREDENTIAL_REJECTED,
            "error-401-invalid-key-json", FailureKind.CREDENTIAL_REJECTED,
            "error-401-invalid-key-or-credits-json", FailureKind.CREDENTIAL_REJECTED,
            "reported-400-invalid-model", FailureKind.MODEL_UNAVAILABLE);

    /** What Perplexity repeats in each chunk of a stream. */
    private static final Set<String> ONCE =
            Set.of("citations", "search_results", "images", "related_questions", "usage", "annotations", "message");

    private final SonarProvider provider = new SonarProvider();

    @TestFactory
    Stream<DynamicTest> replays() {
        return CoverageTable.of("perplexity").tests(this::replay);
    }

    @Test
    void repairs_the_recorded_order_of_roles_that_was_refused() {
        try (LoopbackPerplexity perplexity =
                LoopbackPerplexity.replaying(Recordings.of("perplexity").get(REPAIRED))) {
            answer(Recordings.of("perplexity").get(REPAIRED), perplexity);
            List<String> roles = new ArrayList<>();
            perplexity
                    .asked()
                    .get(0)
                    .json()
                    .get("messages")
                    .forEach(message -> roles.add(message.get("role").asText()));

            assertThat(roles).first().isEqualTo("system");
            assertThat(roles).last().isEqualTo("user");
            for (int i = 2; i < roles.size(); i++) {
                assertThat(roles.get(i)).isIn("user", "assistant").isNotEqualTo(roles.get(i - 1));
            }
        }
    }

    private Covered replay(Recording recording) {
        try (LoopbackPerplexity perplexity = LoopbackPerplexity.replaying(recording)) {
            String answer = answer(recording, perplexity);
            return new Covered(request(recording, perplexity.asked()), answer);
        }
    }

    private String answer(Recording recording, LoopbackPerplexity perplexity) {
        if (FAILURES.containsKey(recording.name())) {
            return failure(recording, perplexity);
        }
        ObjectNode expected = expected(OpenAiAnswer.of(recording));
        ChatResponse response;
        if (recording.isStream()) {
            List<ChatEvent> events = events(recording, perplexity);
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            events.forEach(assembler::accept);
            response = assembler.response();
            byte[] chunks = chunks(events, response.model());
            assertThat(OpenAiAnswer.of(chunks)).isEqualTo(expected);
            assertNothingTwice(chunks);
        } else {
            response = provider.chat(question(recording), perplexity.call(model(recording)));
        }
        assertThat(OpenAiAnswer.of(ChatResponseWriter.write(response))).isEqualTo(expected);
        assertCost(response, expected.at("/usage/cost/total_cost"));
        return OpenAiAnswer.contents(expected);
    }

    /** Perplexity's answer with OpenAI's annotations: a source for each marker, with the title of its search result. */
    private static ObjectNode expected(ObjectNode answer) {
        Map<String, String> titles = new HashMap<>();
        answer.path("search_results")
                .forEach(result -> titles.put(
                        result.path("url").asText(), result.path("title").asText()));
        ArrayNode annotations = answer.withArray("/choices/0/message/annotations");
        answer.path("citations")
                .forEach(url -> annotations
                        .addObject()
                        .put("type", "url_citation")
                        .putObject("url_citation")
                        .put("start_index", 0)
                        .put("end_index", 0)
                        .put("title", titles.getOrDefault(url.asText(), url.asText()))
                        .put("url", url.asText()));
        return answer;
    }

    /** The bill is Perplexity's own figure. */
    private static void assertCost(ChatResponse response, JsonNode total) {
        Optional<Cost> cost = response.usage().flatMap(StatedCost::of);

        assertThat(cost.isPresent()).isEqualTo(total.isNumber());
        if (cost.isPresent()) {
            assertThat(cost.get().amount()).isEqualByComparingTo(total.decimalValue());
        }
    }

    private List<ChatEvent> events(Recording recording, LoopbackPerplexity perplexity) {
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(question(recording), perplexity.call(model(recording)))) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
            }
        }
        assertThat(events).first().isInstanceOf(ChatEvent.Start.class);
        assertThat(events).last().isInstanceOf(ChatEvent.UsageReport.class);
        assertThat(events).filteredOn(ChatEvent.Finish.class::isInstance).hasSize(1);
        return events;
    }

    private static byte[] chunks(List<ChatEvent> events, String model) {
        ChunkWriter writer = new ChunkWriter(model, true);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (ChatEvent event : events) {
            byte[] chunk = writer.write(event);
            if (chunk != null) {
                written.writeBytes(chunk);
            }
        }
        written.writeBytes(writer.done());
        return written.toByteArray();
    }

    private static void assertNothingTwice(byte[] chunks) {
        for (String field : ONCE) {
            assertThat(new String(chunks, StandardCharsets.UTF_8).split("\"" + field + "\":[\\[{]", -1))
                    .as(field)
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    private String failure(Recording recording, LoopbackPerplexity perplexity) {
        Failure failure = catchThrowableOfType(
                        ProviderException.class,
                        () -> provider.chat(question(recording), perplexity.call(model(recording))))
                .failure();

        assertThat(failure.kind()).isEqualTo(FAILURES.get(recording.name()));
        assertThat(failure.httpStatus()).hasValue(recording.status());
        if (recording.isJson()) {
            assertThat(failure.message())
                    .isEqualTo(recording.response().at("/error/message").asText());
            assertThat(failure.code())
                    .contains(recording.response().at("/error/type").asText());
        } else {
            assertThat(failure.message()).isNotBlank().doesNotContain("<");
        }
        return "failure " + failure.kind()
                + failure.param().map(param -> ", `" + param + "`").orElse("");
    }

    private static String request(Recording recording, List<Asked> asked) {
        assertThat(asked)
                .allSatisfy(one ->
                        assertThat(one.header("Authorization")).isEqualTo("Bearer " + LoopbackPerplexity.KEY.reveal()));
        if (recording.name().equals(REPAIRED)) {
            return "no: the adapter repairs what Perplexity refused in it";
        }
        if (!recording.hasRequest()) {
            return Covered.NOT_RECORDED;
        }
        ObjectNode expected = named(recording.request());
        if (!expected.path("stream").asBoolean()) {
            expected.remove("stream");
        } else {
            expected.putObject("stream_options").put("include_usage", true);
        }
        // The request was for a stream, the answer an error: asked here as a whole answer.
        ObjectNode actual = asked.get(0).json().deepCopy();
        if (!recording.isStream() && expected.path("stream").asBoolean()) {
            expected.remove(List.of("stream", "stream_options"));
        }
        assertThat(actual).isEqualTo(expected);
        return Covered.COMPARED;
    }

    /** OpenAI's schemas have a name, which Perplexity's need not. */
    private static ObjectNode named(JsonNode request) {
        ObjectNode named = request.deepCopy();
        if (named.at("/response_format/json_schema") instanceof ObjectNode schema && !schema.has("name")) {
            schema.put("name", "answer");
        }
        return named;
    }

    /** What a client of ours asks for the same: Perplexity's request is in OpenAI's dialect. */
    private static ChatRequest question(Recording recording) {
        if (!recording.hasRequest()) {
            return LoopbackPerplexity.QUESTION;
        }
        byte[] body = named(recording.request()).toString().getBytes(StandardCharsets.UTF_8);
        return ChatRequestReader.read(body).request().toBuilder()
                .model("perplexity/some-model")
                .build();
    }

    private static String model(Recording recording) {
        return recording.request().path("model").asText("sonar");
    }
}
