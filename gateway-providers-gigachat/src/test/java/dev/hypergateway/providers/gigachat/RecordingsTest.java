package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real exchanges with GigaChat, replayed. {@code docs/recordings-gigachat.md} lists what is covered. */
class RecordingsTest {
    /** Nothing of the adapter's: other endpoints, or the contract of API v2. */
    private static final Set<String> NOT_COVERED = Set.of(
            "embeddings-multiple",
            "embeddings-single",
            "fixture-embeddings",
            "fixture-ai-check",
            "fixture-convert-functions",
            "fixture-get-files",
            "fixture-post-files-delete",
            "tokens-count-single",
            "v2-chat-builtin-tools-1",
            "v2-chat-builtin-tools-7",
            "v2-chat-create-simple",
            "v2-chat-parse-json-schema",
            "v2-chat-regex-format",
            "reported-v2-function-call");

    private static final Set<String> COVERED = new TreeSet<>();

    private final LoopbackGigaChat gigachat = new LoopbackGigaChat();
    private final GigaChatProvider provider = new GigaChatProvider();

    @AfterEach
    void stop() {
        gigachat.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat-simple",
                "chat-parse-json-schema",
                "chat-response-format-json-schema",
                "fixture-chat-completion",
                "fixture-chat-completion-json",
                "reported-v1-function-result"
            })
    void reads_the_answer(String name) {
        JsonNode body = recording(name).at("/response/body");
        gigachat.answer(200, "application/json", body.toString());

        ChatResponse response = provider.chat(ChatRequest.of("m", "?"), gigachat.call());

        JsonNode choice = body.at("/choices/0");
        assertThat(response.text()).isEqualTo(choice.at("/message/content").asText());
        Message.Assistant message = response.choices().get(0).message();
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
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat-simple",
                "chat-model-not-found",
                "chat-parse-json-schema",
                "chat-response-format-json-schema",
                "stream-simple"
            })
    void writes_the_request(String name) {
        JsonNode expected = recording(name).at("/request/body");
        ChatRequest.Builder request = ChatRequest.builder()
                .model(expected.path("model").asText())
                .user(expected.at("/messages/0/content").asText());
        JsonNode schema = expected.at("/response_format/schema");
        if (schema.isObject()) {
            request.responseFormat(ResponseFormat.jsonSchema("x", GigaChatJson.fields(schema)));
        }

        assertThat(GigaChatRequestWriter.write(
                                request.build(),
                                expected.path("model").asText(),
                                expected.path("stream").asBoolean())
                        .body())
                .isEqualTo(expected);
    }

    @Test
    void reads_the_stream() {
        String sse = recording("stream-simple").at("/response/sse").asText();
        gigachat.answer(200, "text/event-stream", sse);
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(ChatRequest.of("m", "?"), gigachat.call())) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
            }
        }

        List<JsonNode> chunks = sse.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> tree(line.substring("data: ".length())))
                .toList();
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
    }

    @ParameterizedTest
    @CsvSource({
        "chat-model-not-found, MODEL_UNAVAILABLE, model",
        "get-model-not-found, MODEL_UNAVAILABLE, model",
        "reported-400-invalid-json, INVALID_REQUEST,",
        "reported-401-token-expired, TOKEN_EXPIRED,",
        "reported-404-no-such-tool, INVALID_REQUEST, tools",
        "reported-422-function-result-without-call, INVALID_REQUEST, messages",
        "reported-422-invalid-function-name, INVALID_REQUEST, tools",
        "reported-422-missing-properties, INVALID_REQUEST, tools",
        "reported-422-system-not-first, INVALID_REQUEST, messages",
        "reported-422-tool-unavailable, INVALID_REQUEST, tools",
        "reported-429-too-many-requests, RATE_LIMITED,"
    })
    void classifies_the_error(String name, FailureKind kind, String param) {
        JsonNode response = recording(name).path("response");
        gigachat.answer(
                response.path("status").asInt(),
                "application/json",
                response.path("body").toString());

        Failure failure = failure(gigachat.call());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.param().orElse(null)).isEqualTo(param);
        assertThat(failure.message()).contains(response.at("/body/message").asText());
        assertThat(failure.httpStatus()).hasValue(response.path("status").asInt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reported-oauth-error-code-4",
                "reported-oauth-error-code-5",
                "reported-oauth-error-code-6",
                "reported-oauth-error-code-7"
            })
    void classifies_the_error_of_the_token_endpoint(String name) {
        JsonNode response = recording(name).path("response");
        gigachat.token(response.path("status").asInt(), GigaChatJson.text(response.path("body")));

        Failure failure = failure(gigachat.call());

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIAL_REJECTED);
        assertThat(failure.code()).contains(response.at("/body/code").asText());
        assertThat(gigachat.timesAsked()).isZero();
    }

    @Test
    void reads_the_token() {
        gigachat.token(200, recording("oauth-userpass").at("/response/body").toString())
                .answer(
                        200,
                        "application/json",
                        recording("chat-simple").at("/response/body").toString())
                .answer(
                        200,
                        "application/json",
                        recording("chat-simple").at("/response/body").toString());

        provider.chat(ChatRequest.of("m", "?"), gigachat.call());
        provider.chat(ChatRequest.of("m", "?"), gigachat.call());

        assertThat(gigachat.timesAskedForToken()).isEqualTo(1);
        assertThat(gigachat.asked().headers().getFirst("Authorization")).isEqualTo("Bearer REDACTED");
    }

    @Test
    void reads_the_list_of_models() {
        JsonNode body = recording("get-models").at("/response/body");
        gigachat.answer(200, "application/json", body.toString());

        List<String> names = new ArrayList<>();
        body.path("data").forEach(model -> {
            if (model.path("type").asText().equals("chat")) {
                names.add(model.path("id").asText());
            }
        });
        assertThat(provider.listModels(gigachat.call())).extracting(Model::id).containsExactlyElementsOf(names);
        assertThat(provider.models()).extracting(Model::id).containsAll(names);
    }

    @AfterAll
    static void every_recording_is_covered_or_listed() {
        Set<String> all = names();
        if (!all.isEmpty() && COVERED.size() > 20) {
            all.removeAll(COVERED);
            assertThat(all).isEqualTo(new TreeSet<>(NOT_COVERED));
        }
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

    private Failure failure(ProviderCall call) {
        return catchThrowableOfType(ProviderException.class, () -> provider.chat(ChatRequest.of("m", "?"), call))
                .failure();
    }

    private static JsonNode recording(String name) {
        COVERED.add(name);
        Path folder = folder();
        assumeTrue(folder != null, "no folder shared/reference/recordings beside the checkout");
        try {
            return GigaChatJson.parse(Files.readAllBytes(folder.resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return GigaChatJson.parse(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names() {
        Path folder = folder();
        if (folder == null) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/reference/recordings/gigachat");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return null;
    }
}
