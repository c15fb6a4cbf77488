package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.hypergateway.provider.Model;
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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Real exchanges with xAI, replayed; {@code docs/recordings-xai.md} lists them. An answer is compared whole, in the JSON that a
 * client of ours gets: every field of xAI's is there again, unless {@link #expected} says otherwise.
 */
class RecordedExchangesTest {
    private static final Map<String, FailureKind> FAILURES = Map.of(
            "error-400-context-too-long", FailureKind.CONTEXT_TOO_LONG,
            "error-400-invalid-key-chat", FailureKind.CREDENTIAL_REJECTED,
            "error-503-at-capacity", FailureKind.UNAVAILABLE,
            "reported-400-argument-not-supported", FailureKind.INVALID_REQUEST,
            "reported-403-no-credits", FailureKind.QUOTA_EXHAUSTED,
            "reported-404-model", FailureKind.MODEL_UNAVAILABLE);

    private final GrokProvider provider = new GrokProvider();

    @TestFactory
    Stream<DynamicTest> replays() {
        return CoverageTable.of("xai").tests(this::replay);
    }

    @Test
    void leaves_out_no_recorded_chat() {
        CoverageTable table = CoverageTable.of("xai");

        assertThat(Recordings.of("xai").to(LoopbackXai.CHAT))
                .extracting(Recording::name)
                .doesNotContainAnyElementsOf(table.others().keySet());
    }

    private Covered replay(Recording recording) {
        try (LoopbackXai xai = LoopbackXai.replaying(recording)) {
            String answer = answer(recording, xai);
            return new Covered(request(recording, xai.asked()), answer);
        }
    }

    private String answer(Recording recording, LoopbackXai xai) {
        if (recording.method().equals("GET")) {
            return models(recording, xai);
        }
        if (FAILURES.containsKey(recording.name())) {
            return failure(recording, xai);
        }
        ObjectNode expected = expected(OpenAiAnswer.of(recording));
        ChatResponse response;
        if (recording.isStream()) {
            List<ChatEvent> events = events(recording, xai);
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            events.forEach(assembler::accept);
            response = assembler.response();
            assertThat(OpenAiAnswer.of(chunks(events, response.model()))).isEqualTo(expected);
        } else {
            response = provider.chat(question(recording), xai.call(model(recording)));
        }
        assertThat(OpenAiAnswer.of(ChatResponseWriter.write(response))).isEqualTo(expected);
        assertCost(response, expected.path("usage"));
        return OpenAiAnswer.contents(expected);
    }

    /** xAI's answer as OpenAI would give it: the completion includes reasoning, and sources are annotations too. */
    private static ObjectNode expected(ObjectNode answer) {
        if (answer.path("usage") instanceof ObjectNode usage) {
            long reasoning =
                    usage.at("/completion_tokens_details/reasoning_tokens").asLong();
            usage.put("completion_tokens", usage.path("completion_tokens").asInt() + (int) reasoning);
            assertThat(usage.path("total_tokens").asLong())
                    .isEqualTo(usage.path("prompt_tokens").asLong()
                            + usage.path("completion_tokens").asLong());
        }
        return answer;
    }

    /** The bill is xAI's own figure; ten thousand million ticks are a dollar. */
    private static void assertCost(ChatResponse response, JsonNode usage) {
        Optional<Cost> cost = response.usage().flatMap(StatedCost::of);
        JsonNode ticks = usage.path("cost_in_usd_ticks");

        assertThat(cost.isPresent()).isEqualTo(ticks.isNumber());
        if (cost.isPresent()) {
            assertThat(cost.get().amount()).isEqualByComparingTo(BigDecimal.valueOf(ticks.asLong(), 10));
        }
    }

    private List<ChatEvent> events(Recording recording, LoopbackXai xai) {
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(question(recording), xai.call(model(recording)))) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
            }
        }
        assertThat(events).first().isInstanceOf(ChatEvent.Start.class);
        assertThat(events).filteredOn(ChatEvent.Start.class::isInstance).hasSize(1);
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

    private String failure(Recording recording, LoopbackXai xai) {
        Failure failure = catchThrowableOfType(
                        ProviderException.class, () -> provider.chat(question(recording), xai.call(model(recording))))
                .failure();

        assertThat(failure.kind()).isEqualTo(FAILURES.get(recording.name()));
        assertThat(failure.message())
                .isEqualTo(recording.response().path("error").asText().replaceAll("in\\*+ey", "****"));
        assertThat(failure.code()).contains(recording.response().path("code").asText());
        assertThat(failure.requestId()).isEqualTo(recording.header("X-Request-Id"));
        return "failure " + failure.kind()
                + failure.param().map(param -> ", `" + param + "`").orElse("");
    }

    private String models(Recording recording, LoopbackXai xai) {
        if (recording.target().endsWith("/image-generation-models")) {
            xai.at("/v1/language-models", 200, "application/json", "{\"models\":[]}");
        }
        List<String> names = new ArrayList<>();
        recording.response().findValues("id").forEach(id -> names.add(id.asText()));
        assertThat(provider.listModels(xai.call())).extracting(Model::id).containsExactlyElementsOf(names);
        return names.size() + (names.size() == 1 ? " model" : " models");
    }

    private static String request(Recording recording, List<Asked> asked) {
        assertThat(asked)
                .allSatisfy(
                        one -> assertThat(one.header("Authorization")).isEqualTo("Bearer " + LoopbackXai.KEY.reveal()));
        if (recording.method().equals("GET")) {
            return "no body";
        }
        if (!recording.hasRequest()) {
            return Covered.NOT_RECORDED;
        }
        ObjectNode expected = recording.request().deepCopy();
        if (!expected.path("stream").asBoolean()) {
            expected.remove("stream");
        }
        assertThat(asked.get(0).json()).isEqualTo(expected);
        return Covered.COMPARED;
    }

    /** What a client of ours asks for the same: xAI's request is in OpenAI's dialect. */
    private static ChatRequest question(Recording recording) {
        if (!recording.hasRequest()) {
            return LoopbackXai.QUESTION;
        }
        byte[] body = recording.request().toString().getBytes(StandardCharsets.UTF_8);
        return ChatRequestReader.read(body).request().toBuilder()
                .model("x-ai/some-model")
                .build();
    }

    private static String model(Recording recording) {
        return recording.request().path("model").asText("grok-4.3");
    }
}
