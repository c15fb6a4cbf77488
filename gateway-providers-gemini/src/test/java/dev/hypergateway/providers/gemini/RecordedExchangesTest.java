package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays each recorded chat exchange through the provider and a server on this machine. The answer is always compared with what
 * was recorded; the request is too, unless it is listed with the reason why this provider writes another one.
 */
class RecordedExchangesTest {
    private static final Map<String, String> REQUEST_NOT_COMPARED = Map.of(
            "error-400-unknown-fields-two-violations", "fields that Gemini does not know",
            "error-400-unknown-field-mediaResolution", "a field that Gemini does not know",
            "error-404-bad-path-html", "a model name with a slash, which is refused here before anything is sent",
            "thinking-3-flash-turn2-signature-replay",
                    "thoughts are not sent back, their signature goes with the text");

    private static final Map<String, String> SKIPPED = Map.of(
            "fixture-vertex-stream-partialargs", "Vertex alone sends arguments in pieces, and only when asked to");

    private static final Map<String, FailureKind> FAILURES = Map.ofEntries(
            Map.entry("error-400-api-key-invalid", FailureKind.CREDENTIAL_REJECTED),
            Map.entry("error-400-api-key-invalid-on-stream", FailureKind.CREDENTIAL_REJECTED),
            Map.entry("error-400-context-too-long-with-count", FailureKind.CONTEXT_TOO_LONG),
            Map.entry("error-400-document-no-pages", FailureKind.INVALID_REQUEST),
            Map.entry("error-400-image-not-valid", FailureKind.INVALID_REQUEST),
            Map.entry("error-400-unknown-field-mediaResolution", FailureKind.INVALID_REQUEST),
            Map.entry("error-400-unknown-fields-two-violations", FailureKind.INVALID_REQUEST),
            Map.entry("error-404-bad-path-html", FailureKind.UNAVAILABLE),
            Map.entry("error-404-on-stream-debuginfo", FailureKind.MODEL_UNAVAILABLE),
            Map.entry("error-500-internal", FailureKind.UNAVAILABLE),
            Map.entry("error-503-overloaded", FailureKind.UNAVAILABLE),
            Map.entry("reported-400-function-response-count", FailureKind.INVALID_REQUEST),
            Map.entry("reported-400-function-turn-order", FailureKind.INVALID_REQUEST),
            Map.entry("reported-403-leaked-key", FailureKind.CREDENTIAL_REJECTED),
            Map.entry("reported-429-prepay-depleted", FailureKind.QUOTA_EXHAUSTED),
            Map.entry("finish-safety", FailureKind.CONTENT_REJECTED),
            Map.entry("promptfeedback-blocked-vertex-modelarmor", FailureKind.CONTENT_REJECTED));

    private static final Set<String> UNUSUAL_ENDS =
            Set.of("finish-malformed-function-call", "finish-unexpected-tool-call-vertex");

    private final GeminiProvider provider = new GeminiProvider();

    @TestFactory
    Stream<DynamicTest> replays() {
        Path folder = Recording.folder();
        if (folder == null) {
            return Stream.of(DynamicTest.dynamicTest(
                    "recordings",
                    () -> assumeThat(folder)
                            .as("the recordings (shared/reference/recordings) are not beside this checkout")
                            .isNotNull()));
        }
        return Recording.all(folder).stream()
                .filter(Recording::isChat)
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> {
                    assumeThat(SKIPPED).doesNotContainKey(recording.name());
                    replay(recording);
                }));
    }

    private void replay(Recording recording) {
        try (LoopbackGemini gemini = new LoopbackGemini()) {
            gemini.answer(recording.status(), recording.contentType(), recording.body());
            ProviderCall call = gemini.call(model(recording));
            FailureKind expected = FAILURES.get(recording.name());
            if (expected != null) {
                assertThat(failure(recording, call).kind()).isEqualTo(expected);
            } else {
                compareAnswer(recording, ask(recording, call));
            }
            compareRequest(recording, gemini.asked());
        }
    }

    private Failure failure(Recording recording, ProviderCall call) {
        Failure failure = assertThatCode(() -> ask(recording, call))
                .asInstanceOf(InstanceOfAssertFactories.type(ProviderException.class))
                .actual()
                .failure();
        String words = recording.response().at("/body/error/message").asText();
        assertThat(failure.message()).contains(words.strip().lines().findFirst().orElse(""));
        return failure;
    }

    private ChatResponse ask(Recording recording, ProviderCall call) {
        if (!recording.isStream()) {
            return provider.chat(question(recording), call);
        }
        ChatResponseAssembler answer = new ChatResponseAssembler();
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(question(recording), call)) {
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

    private static void compareAnswer(Recording recording, ChatResponse response) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        List<JsonNode> calls = new ArrayList<>();
        JsonNode last = null;
        for (JsonNode chunk : recording.chunks()) {
            last = chunk;
            for (JsonNode part : chunk.at("/candidates/0/content/parts")) {
                (part.path("thought").asBoolean() ? thoughts : text)
                        .append(part.path("text").asText());
                if (part.has("functionCall")) {
                    calls.add(part);
                }
            }
        }
        Message.Assistant message = response.choices().get(0).message();
        assertThat(message.text()).isEqualTo(text.toString());
        assertThat(message.reasoning() == null ? "" : message.reasoning()).isEqualTo(thoughts.toString());
        assertThat(message.toolCalls()).hasSameSizeAs(calls);
        for (int i = 0; i < calls.size(); i++) {
            compareCall(calls.get(i), message.toolCalls().get(i));
        }
        if (last.has("responseId")) {
            assertThat(response.id()).isEqualTo(last.get("responseId").asText());
        }
        compareFinish(recording, last, response, !calls.isEmpty());
        compareUsage(last.path("usageMetadata"), response.usage().orElseThrow());
    }

    private static void compareCall(JsonNode part, ToolCall call) {
        assertThat(call.name()).isEqualTo(part.at("/functionCall/name").asText());
        assertThat(Json.parse(call.arguments())).isEqualTo(part.at("/functionCall/args"));
        assertThat(call.id()).isNotEmpty();
        assertThat(ThoughtSignature.in(call.extra()))
                .isEqualTo(part.path("thoughtSignature").asText(null));
    }

    private static void compareFinish(Recording recording, JsonNode last, ChatResponse response, boolean hasCalls) {
        String reason = last.at("/candidates/0/finishReason").asText();
        if (UNUSUAL_ENDS.contains(recording.name())) {
            assertThat(response.finishReason().orElseThrow().value()).isEqualToIgnoringCase(reason);
        } else {
            assertThat(reason).isEqualTo("STOP");
            assertThat(response.finishReason()).contains(hasCalls ? FinishReason.TOOL_CALLS : FinishReason.STOP);
        }
    }

    /** Two recordings have no total; in all others it is the sum, which is the proof of the arithmetic. */
    private static void compareUsage(JsonNode metadata, Usage usage) {
        assertThat(usage.promptTokens() + usage.completionTokens()).isEqualTo(usage.totalTokens());
        if (metadata.has("totalTokenCount")) {
            assertThat(usage.totalTokens())
                    .isEqualTo(metadata.get("totalTokenCount").asLong());
        }
        assertThat(usage.cachedTokens().orElse(0))
                .isEqualTo(metadata.path("cachedContentTokenCount").asLong());
        assertThat(usage.reasoningTokens().orElse(0))
                .isEqualTo(metadata.path("thoughtsTokenCount").asLong());
    }

    private static void compareRequest(Recording recording, LoopbackGemini.Asked asked) {
        if (isComparable(recording)) {
            JsonNode written = RecordedQuestion.normal(Json.parse(asked.body()));
            assertThat(written)
                    .isEqualTo(RecordedQuestion.normal(recording.request().get("body")));
            if (recording.target().startsWith("/v1beta/models/")) {
                assertThat(asked.uri().toString().replace("?alt=sse", ""))
                        .isEqualTo(recording.target().replace("?alt=sse", ""));
            }
        }
    }

    /** Fixtures and reported errors have no request. */
    private static boolean isComparable(Recording recording) {
        return recording.request().path("body").isObject() && !REQUEST_NOT_COMPARED.containsKey(recording.name());
    }

    private static String model(Recording recording) {
        return recording.model().contains("/") ? "gemini-2.0-flash" : recording.model();
    }

    private static ChatRequest question(Recording recording) {
        return isComparable(recording)
                ? RecordedQuestion.of(
                        recording.model(),
                        RecordedQuestion.normal(recording.request().get("body")))
                : ChatRequest.builder()
                        .model("google/" + recording.model())
                        .message(Message.user(Part.text("?")))
                        .build();
    }
}
