package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.recordings.CoverageTable;
import dev.hypergateway.recordings.Covered;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import dev.hypergateway.trace.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Real exchanges with GigaChat, replayed; {@code docs/recordings-gigachat.md} lists them. */
class RecordedExchangesTest {
    private static final String CHAT = "/api/v1/chat/completions";

    private static final Map<String, String> REQUEST_NOT_COMPARED = Map.of(
            "oauth-userpass", "scope and key are placeholders in it",
            "reported-v1-function-result", "its history has a call as plain text, which the adapter never writes");

    private static final Map<String, Expected> FAILURES = Map.ofEntries(
            Map.entry("chat-model-not-found", new Expected(FailureKind.MODEL_UNAVAILABLE, "model")),
            Map.entry("get-model-not-found", new Expected(FailureKind.MODEL_UNAVAILABLE, "model")),
            Map.entry("reported-400-invalid-json", new Expected(FailureKind.INVALID_REQUEST, null)),
            Map.entry("reported-401-token-expired", new Expected(FailureKind.TOKEN_EXPIRED, null)),
            Map.entry("reported-404-no-such-tool", new Expected(FailureKind.INVALID_REQUEST, "tools")),
            Map.entry(
                    "reported-422-function-result-without-call", new Expected(FailureKind.INVALID_REQUEST, "messages")),
            Map.entry("reported-422-invalid-function-name", new Expected(FailureKind.INVALID_REQUEST, "tools")),
            Map.entry("reported-422-missing-properties", new Expected(FailureKind.INVALID_REQUEST, "tools")),
            Map.entry("reported-422-system-not-first", new Expected(FailureKind.INVALID_REQUEST, "messages")),
            Map.entry("reported-422-tool-unavailable", new Expected(FailureKind.INVALID_REQUEST, "tools")),
            Map.entry("reported-429-too-many-requests", new Expected(FailureKind.RATE_LIMITED, null)),
            Map.entry("reported-oauth-error-code-4", new Expected(FailureKind.CREDENTIAL_REJECTED, null)),
            Map.entry("reported-oauth-error-code-5", new Expected(FailureKind.CREDENTIAL_REJECTED, null)),
            Map.entry("reported-oauth-error-code-6", new Expected(FailureKind.CREDENTIAL_REJECTED, null)),
            Map.entry("reported-oauth-error-code-7", new Expected(FailureKind.CREDENTIAL_REJECTED, null)));

    private LoopbackGigaChat gigachat;
    private GigaChatProvider provider;

    private record Expected(FailureKind kind, String param) {}

    @TestFactory
    Stream<DynamicTest> replays() {
        return CoverageTable.of("gigachat").tests(this::replay);
    }

    @Test
    void leaves_out_no_recorded_chat_of_this_version() {
        CoverageTable table = CoverageTable.of("gigachat");

        assertThat(Recordings.of("gigachat").to(CHAT))
                .extracting(Recording::name)
                .doesNotContainAnyElementsOf(table.others().keySet());
    }

    private Covered replay(Recording recording) {
        provider = new GigaChatProvider();
        try (LoopbackGigaChat server = new LoopbackGigaChat()) {
            gigachat = server;
            String answer = answer(recording);
            return new Covered(request(recording), answer);
        }
    }

    private String answer(Recording recording) {
        boolean token = recording.target().endsWith("/oauth");
        if (token) {
            gigachat.token(Answer.of(recording));
        } else {
            gigachat.answer(Answer.of(recording));
        }
        if (recording.status() != 200) {
            return failure(recording);
        }
        if (token) {
            return token();
        }
        if (recording.target().endsWith("/models")) {
            return models(recording);
        }
        if (recording.target().endsWith("/embeddings")) {
            return embeddings(recording);
        }
        return recording.isStream() ? stream(recording) : chat(recording);
    }

    private String chat(Recording recording) {
        ChatResponse response = provider.chat(question(recording), gigachat.call(model(recording)));

        JsonNode body = recording.response();
        JsonNode choice = body.at("/choices/0");
        Message.Assistant message = response.choices().get(0).message();
        assertThat(response.text()).isEqualTo(choice.at("/message/content").asText());
        assertThat(message.reasoning())
                .isEqualTo(choice.at("/message/reasoning_content").asText(null));
        assertThat(StateId.in(message.extra()))
                .isEqualTo(choice.at("/message/functions_state_id").asText(null));
        assertThat(response.choices().get(0).finishReason())
                .isEqualTo(FinishReason.of(choice.path("finish_reason").asText()));
        assertThat(response.created().getEpochSecond())
                .isEqualTo(body.path("created").asLong());
        assertThat(response.extra().toString()).contains(body.path("model").asText());
        assertUsage(response.usage().orElseThrow(), body.path("usage"));
        return "text, "
                + (choice.at("/message").has("reasoning_content") ? "reasoning, " : "")
                + (choice.at("/message").has("functions_state_id") ? "`functions_state_id`, " : "")
                + "finish reason, version of the model, usage"
                + (body.path("usage").has("precached_prompt_tokens") ? " with cached tokens" : "");
    }

    private String embeddings(Recording recording) {
        List<String> texts = new ArrayList<>();
        recording.request().path("input").forEach(text -> texts.add(text.asText()));
        EmbeddingRequest request = EmbeddingRequest.of("m", texts.isEmpty() ? List.of("?") : texts);

        EmbeddingResponse response = provider.embeddings()
                .orElseThrow()
                .embed(request, gigachat.call(recording.request().path("model").asText("Embeddings")));

        JsonNode data = recording.response().path("data");
        assertThat(response.embeddings()).hasSize(data.size());
        long tokens = 0;
        for (int i = 0; i < data.size(); i++) {
            List<Float> numbers = new ArrayList<>();
            data.get(i).path("embedding").forEach(number -> numbers.add(number.floatValue()));
            assertThat(response.embeddings().get(i).vector()).containsExactly(numbers.toArray(Float[]::new));
            tokens += data.get(i).at("/usage/prompt_tokens").asLong();
        }
        assertThat(response.usage().orElseThrow().promptTokens()).isEqualTo(tokens);
        return "vectors in their order, sum of the tokens";
    }

    private String stream(Recording recording) {
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(question(recording), gigachat.call(model(recording)))) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
            }
        }

        List<JsonNode> chunks = recording.chunks();
        assertThat(events.stream()
                        .filter(ChatEvent.TextDelta.class::isInstance)
                        .map(event -> ((ChatEvent.TextDelta) event).text()))
                .containsExactlyElementsOf(chunks.stream()
                        .map(chunk -> chunk.at("/choices/0/delta/content").asText())
                        .filter(text -> !text.isEmpty())
                        .toList());
        assertThat(events).filteredOn(ChatEvent.Finish.class::isInstance).hasSize(1);
        ChatEvent last = events.get(events.size() - 1);
        assertThat(last).isInstanceOf(ChatEvent.UsageReport.class);
        assertUsage(
                ((ChatEvent.UsageReport) last).usage(),
                chunks.get(chunks.size() - 1).path("usage"));
        return "each piece of text, one finish, usage at the end";
    }

    private String failure(Recording recording) {
        Expected expected = FAILURES.get(recording.name());
        Failure failure = catchThrowableOfType(
                        ProviderException.class,
                        () -> provider.chat(question(recording), gigachat.call(model(recording))))
                .failure();

        assertThat(expected).isNotNull();
        assertThat(failure.kind()).isEqualTo(expected.kind);
        assertThat(failure.param().orElse(null)).isEqualTo(expected.param);
        assertThat(failure.message())
                .contains(recording.response().path("message").asText());
        assertThat(failure.httpStatus()).hasValue(recording.status());
        if (recording.response().has("code")) {
            assertThat(failure.code())
                    .contains(recording.response().path("code").asText());
            assertThat(gigachat.timesAsked()).isZero();
        }
        return "failure " + expected.kind + (expected.param == null ? "" : ", `" + expected.param + "`");
    }

    private String token() {
        String answer =
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";
        gigachat.json(200, answer).json(200, answer);
        ChatRequest question = ChatRequest.of("m", "?");

        provider.chat(question, gigachat.call());
        provider.chat(question, gigachat.call());

        assertThat(gigachat.timesAskedForToken()).isEqualTo(1);
        assertThat(gigachat.asked().header("Authorization")).isEqualTo("Bearer REDACTED");
        return "token, kept until its end";
    }

    private String models(Recording recording) {
        List<String> names = new ArrayList<>();
        recording.response().path("data").forEach(model -> {
            if (Set.of("chat", "embedder").contains(model.path("type").asText())) {
                names.add(model.path("id").asText());
            }
        });
        assertThat(provider.listModels(gigachat.call())).extracting(Model::id).containsExactlyElementsOf(names);
        assertThat(provider.models()).extracting(Model::id).containsAll(names);
        return "the models that chat or embed, all of which are in the shipped list";
    }

    /** Compares what was sent for the question with the recorded request, where there is one. */
    private String request(Recording recording) {
        if (REQUEST_NOT_COMPARED.containsKey(recording.name())) {
            return "no: " + REQUEST_NOT_COMPARED.get(recording.name());
        }
        if (recording.method().equals("GET")) {
            return "no body";
        }
        if (!recording.hasRequest()) {
            return Covered.NOT_RECORDED;
        }
        assertThat(gigachat.asked().json()).isEqualTo(recording.request());
        return Covered.COMPARED;
    }

    /** The question of the caller behind a recorded request. */
    private static ChatRequest question(Recording recording) {
        JsonNode body = recording.request();
        ChatRequest.Builder request = ChatRequest.builder()
                .model(body.path("model").asText("GigaChat"))
                .user(body.at("/messages/0/content").asText("?"));
        JsonNode schema = body.at("/response_format/schema");
        if (schema.isObject()) {
            request.responseFormat(ResponseFormat.jsonSchema("x", GigaChatJson.fields(schema)));
        }
        return request.build();
    }

    private static String model(Recording recording) {
        return recording.request().path("model").asText("GigaChat");
    }

    private static void assertUsage(Usage usage, JsonNode recorded) {
        assertThat(usage.promptTokens())
                .isEqualTo(recorded.path("prompt_tokens").asLong());
        assertThat(usage.completionTokens())
                .isEqualTo(recorded.path("completion_tokens").asLong());
        assertThat(usage.totalTokens()).isEqualTo(recorded.path("total_tokens").asLong());
        assertThat(usage.cachedTokens().orElse(-1))
                .isEqualTo(recorded.path("precached_prompt_tokens").asLong(-1));
    }
}
