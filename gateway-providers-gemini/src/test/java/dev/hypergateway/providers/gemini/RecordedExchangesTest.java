package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.recordings.Asked;
import dev.hypergateway.recordings.CoverageTable;
import dev.hypergateway.recordings.Covered;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import dev.hypergateway.trace.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Real exchanges with Gemini, replayed; {@code docs/recordings-gemini.md} lists them. */
class RecordedExchangesTest {
    private static final Map<String, String> REQUEST_NOT_COMPARED = Map.of(
            "error-400-embed-too-many-images", "pictures to embed, which OpenAI's embeddings do not have",
            "error-400-image-not-valid", "its picture is a placeholder of another type than it says",
            "error-400-unknown-fields-two-violations", "fields that Gemini does not know",
            "error-400-unknown-field-mediaResolution", "a field that Gemini does not know",
            "error-404-bad-path-html", "a model name with a slash, which is refused before anything is sent",
            "error-429-interactions", "it is of the Interactions API",
            "thinking-3-flash-turn2-signature-replay",
                    "thoughts are not sent back, their signature goes with the text");

    private static final Map<String, Expected> FAILURES = Map.ofEntries(
            Map.entry("error-400-api-key-invalid", new Expected(FailureKind.CREDENTIAL_REJECTED, null)),
            Map.entry("error-400-api-key-invalid-on-stream", new Expected(FailureKind.CREDENTIAL_REJECTED, null)),
            Map.entry("error-400-context-too-long-with-count", new Expected(FailureKind.CONTEXT_TOO_LONG, "messages")),
            Map.entry("error-400-document-no-pages", new Expected(FailureKind.INVALID_REQUEST, "messages")),
            Map.entry("error-400-embed-too-many-images", new Expected(FailureKind.INVALID_REQUEST, null)),
            Map.entry("error-400-image-not-valid", new Expected(FailureKind.INVALID_REQUEST, "messages")),
            Map.entry("error-400-unknown-field-mediaResolution", new Expected(FailureKind.INVALID_REQUEST, null)),
            Map.entry("error-400-unknown-fields-two-violations", new Expected(FailureKind.INVALID_REQUEST, null)),
            Map.entry("error-404-bad-path-html", new Expected(FailureKind.UNAVAILABLE, null)),
            Map.entry("error-404-embed", new Expected(FailureKind.MODEL_UNAVAILABLE, "model")),
            Map.entry("error-404-on-stream-debuginfo", new Expected(FailureKind.MODEL_UNAVAILABLE, "model")),
            Map.entry("error-429-interactions", new Expected(FailureKind.RATE_LIMITED, null)),
            Map.entry("error-500-internal", new Expected(FailureKind.UNAVAILABLE, null)),
            Map.entry("error-503-overloaded", new Expected(FailureKind.UNAVAILABLE, null)),
            Map.entry("reported-400-function-response-count", new Expected(FailureKind.INVALID_REQUEST, "messages")),
            Map.entry("reported-400-function-turn-order", new Expected(FailureKind.INVALID_REQUEST, "messages")),
            Map.entry("reported-403-leaked-key", new Expected(FailureKind.CREDENTIAL_REJECTED, null)),
            Map.entry("reported-429-prepay-depleted", new Expected(FailureKind.QUOTA_EXHAUSTED, null)),
            Map.entry("finish-safety", new Expected(FailureKind.CONTENT_REJECTED, "messages")),
            Map.entry(
                    "promptfeedback-blocked-vertex-modelarmor",
                    new Expected(FailureKind.CONTENT_REJECTED, "messages")));

    private static final String UPLOADS = "/upload/v1beta/files";

    private LoopbackGemini gemini;

    private record Expected(FailureKind kind, String param) {}

    @TestFactory
    Stream<DynamicTest> replays() {
        return CoverageTable.of("gemini").tests(this::replay);
    }

    /** The reason given for those that are left out must not be laziness. */
    @Test
    void leaves_out_no_recorded_chat_but_one_that_only_Vertex_gives() {
        assertThat(Recordings.of("gemini").all().stream()
                        .filter(RecordedExchangesTest::isChat)
                        .map(Recording::name)
                        .filter(CoverageTable.of("gemini").others()::containsKey))
                .containsExactly("fixture-vertex-stream-partialargs");
    }

    private Covered replay(Recording recording) {
        try (LoopbackGemini server = new LoopbackGemini()) {
            gemini = server;
            if (recording.target().startsWith(UPLOADS)) {
                return upload(recording);
            }
            gemini.answer(Answer.of(recording));
            String answer = answer(recording);
            return new Covered(request(recording), answer);
        }
    }

    private String answer(Recording recording) {
        if (recording.target().endsWith("/models")) {
            return models(recording);
        } else if (FAILURES.containsKey(recording.name())) {
            return failure(recording);
        } else if (RecordedEmbedding.is(recording)) {
            return RecordedEmbedding.compare(recording, embed(recording));
        }
        return RecordedAnswer.compare(recording, ask(recording));
    }

    private String failure(Recording recording) {
        Expected expected = FAILURES.get(recording.name());
        Failure failure = catchThrowableOfType(ProviderException.class, () -> {
                    if (RecordedEmbedding.is(recording)) {
                        embed(recording);
                    } else {
                        ask(recording);
                    }
                })
                .failure();

        assertThat(failure.kind()).isEqualTo(expected.kind);
        assertThat(failure.param().orElse(null)).isEqualTo(expected.param);
        String words = recording.response().at("/error/message").asText();
        assertThat(failure.message()).contains(words.strip().lines().findFirst().orElse(""));
        if (recording.status() != 200) {
            assertThat(failure.httpStatus()).hasValue(recording.status());
        }
        return "failure " + expected.kind + (expected.param == null ? "" : ", `" + expected.param + "`");
    }

    private EmbeddingResponse embed(Recording recording) {
        EmbeddingRequest question = REQUEST_NOT_COMPARED.containsKey(recording.name())
                ? EmbeddingRequest.of("google/" + model(recording), List.of("?"))
                : RecordedEmbedding.question("google/" + model(recording), recording.request());
        return new GeminiProvider().embeddings().orElseThrow().embed(question, gemini.call(model(recording)));
    }

    private ChatResponse ask(Recording recording) {
        GeminiProvider provider = new GeminiProvider();
        if (!recording.target().contains(":stream")) {
            return provider.chat(question(recording), gemini.call(model(recording)));
        }
        ChatResponseAssembler answer = new ChatResponseAssembler();
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(question(recording), gemini.call(model(recording)))) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
                answer.accept(event);
            }
        }
        assertThat(events).first().isInstanceOf(ChatEvent.Start.class);
        assertThat(events).filteredOn(ChatEvent.Start.class::isInstance).hasSize(1);
        assertThat(events).filteredOn(ChatEvent.Finish.class::isInstance).hasSize(1);
        assertThat(events).last().isInstanceOf(ChatEvent.UsageReport.class);
        return answer.response();
    }

    private String models(Recording recording) {
        gemini.json(200, "{\"models\": []}");
        List<Model> expected = new ArrayList<>();
        for (JsonNode model : recording.response().path("models")) {
            String methods = model.path("supportedGenerationMethods").toString();
            boolean chats = methods.contains("\"generateContent\"");
            boolean embeds = methods.contains("\"embedContent\"");
            if (chats || embeds || methods.contains("\"predict\"")) {
                Capability only = embeds ? Capability.EMBEDDINGS : Capability.IMAGE_GENERATION;
                expected.add(new Model(
                                model.path("name").asText().replace("models/", ""),
                                "google",
                                null,
                                model.path("inputTokenLimit").asInt(),
                                model.path("outputTokenLimit").asInt(),
                                List.of())
                        .withCapabilities(chats ? Set.of() : Set.of(only)));
            }
        }

        assertThat(new GeminiProvider().listModels(gemini.call("any"))).containsExactlyElementsOf(expected);
        boolean hasMore = recording.response().has("nextPageToken");
        assertThat(gemini.timesAsked()).isEqualTo(hasMore ? 2 : 1);
        return "the models that can chat, embed or draw, their limits" + (hasMore ? ", the next page asked for" : "");
    }

    /** The two steps of an upload belong together. The address in the first is a placeholder. */
    private Covered upload(Recording recording) {
        Recording start = Recordings.of("gemini").get("files-upload-start");
        Recording finish = Recordings.of("gemini").get("files-upload-finalize");
        gemini.answer(Answer.of(start).with("X-Goog-Upload-URL", gemini.address(UPLOADS + "?upload_id=1")))
                .answer(Answer.of(finish));
        GeminiApi api = new GeminiApi(gemini.call("any"), new GeminiErrorClassifier(Clock.systemUTC()));
        byte[] content = "x".repeat(18_810).getBytes(StandardCharsets.UTF_8);

        UploadedFile file = new FileUpload(api, wait -> CompletableFuture.completedFuture(null))
                .send(content, "application/pdf", "messages", Instant.EPOCH);

        Asked asked = gemini.asked();
        if (recording.name().equals(finish.name())) {
            asked = gemini.asked();
            assertThat(file.uri()).isEqualTo(finish.response().at("/file/uri").asText());
            assertThat(file.expires()).isEqualTo("2026-08-21T14:34:21.475407640Z");
            assertThat(asked.body()).hasSize(content.length);
        } else {
            assertThat(asked.json().at("/file").properties()).hasSize(1);
        }
        for (Map.Entry<String, JsonNode> field :
                recording.json().at("/request/headers").properties()) {
            if (field.getKey().startsWith("X-Goog-")) {
                assertThat(asked.header(field.getKey()))
                        .isEqualTo(field.getValue().asText());
            }
        }
        return new Covered(
                "its header fields; name and content are others",
                recording.name().equals(finish.name()) ? "address and end of the file" : "address for the content");
    }

    /** Compares what was sent for the question with the recorded request, where there is one. */
    private String request(Recording recording) {
        if (REQUEST_NOT_COMPARED.containsKey(recording.name())) {
            return "no: " + REQUEST_NOT_COMPARED.get(recording.name());
        }
        Asked asked = gemini.asked();
        if (recording.method().equals("GET")) {
            return "no body";
        }
        if (!recording.hasRequest()) {
            return Covered.NOT_RECORDED;
        }
        assertThat(RecordedQuestion.normal(asked.json())).isEqualTo(RecordedQuestion.normal(recording.request()));
        if (recording.target().startsWith("/v1beta/models/")) {
            assertThat(asked.uri().toString().replace("?alt=sse", ""))
                    .isEqualTo(recording.target().replace("?alt=sse", ""));
        }
        return Covered.COMPARED;
    }

    private static boolean isChat(Recording recording) {
        return recording.target().contains(":generateContent")
                || recording.target().contains(":streamGenerateContent");
    }

    private static String model(Recording recording) {
        String name = recording.target().replaceFirst(".*/models/", "").replaceFirst(":.*", "");
        return (isChat(recording) || RecordedEmbedding.is(recording)) && !name.contains("/")
                ? name
                : "gemini-2.0-flash";
    }

    private static ChatRequest question(Recording recording) {
        return recording.hasRequest() && !REQUEST_NOT_COMPARED.containsKey(recording.name())
                ? RecordedQuestion.of(model(recording), RecordedQuestion.normal(recording.request()))
                : ChatRequest.of("google/" + model(recording), "?");
    }
}
