package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.recordings.CoverageTable;
import dev.hypergateway.recordings.Covered;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.recordings.OpenAiAnswer;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Real exchanges with OpenAI, replayed through the base of all dialects; {@code docs/recordings-openai.md} lists them. What a
 * client asks reaches the vendor whole, and what the vendor answers reaches the client whole.
 */
class RecordedExchangesTest {
    private static final ChatRequest QUESTION = ChatRequest.of("openai/some-model", "Hi");

    private static final String CHAT = "/v1/chat/completions";
    private static final String EMBEDDINGS = "/v1/embeddings";

    /** A message has the content null, and a vector is to have -1 dimensions. */
    private static final Set<String> REFUSED_HERE = Set.of("chat-bad-request", "embeddings-bad-request");

    private static final IncomingEmbedding VECTORS =
            new IncomingEmbedding(EmbeddingRequest.of("openai/some-model", List.of("Hi")), VectorFormat.FLOAT);

    private final Plain provider = new Plain();

    @TestFactory
    Stream<DynamicTest> replays() {
        return CoverageTable.of("openai").tests(this::replay);
    }

    @Test
    void leaves_out_no_recorded_chat() {
        CoverageTable table = CoverageTable.of("openai");

        assertThat(Recordings.of("openai").to(CHAT))
                .extracting(Recording::name)
                .doesNotContainAnyElementsOf(table.others().keySet());
    }

    @Test
    void refuses_itself_what_openai_refused() {
        Recording recording = Recordings.of("openai").get("chat-bad-request");

        assertThatExceptionOfType(OpenAiFormatException.class)
                .isThrownBy(() -> ChatRequestReader.read(bytes(recording.request())))
                .satisfies(e -> assertThat(e.toString()).contains("messages[0].content"));
        Recording vectors = Recordings.of("openai").get("embeddings-bad-request");
        assertThatExceptionOfType(OpenAiFormatException.class)
                .isThrownBy(() -> EmbeddingRequestReader.read(bytes(vectors.request())))
                .satisfies(e -> assertThat(e.toString()).containsAnyOf("dimensions", "encoding_format"));
    }

    private Covered replay(Recording recording) {
        try (LoopbackServer server = LoopbackServer.replaying(recording);
                UpstreamClient http = UpstreamClient.builder().build()) {
            Credential credential =
                    new Credential(KeySource.ENVIRONMENT, null, "test", 0, Secret.of("sk-0123456789abcdef"), Map.of());
            ProviderCall call = new ProviderCall(
                    recording.request().path("model").asText("some-model"),
                    credential,
                    server.address("/v1"),
                    http,
                    AttemptControl.withDefaults(),
                    Map.of());
            String answer = recording.status() != 200
                    ? failure(recording, call)
                    : recording.target().equals(EMBEDDINGS) ? vectors(recording, call) : answer(recording, call);
            assertThat(server.lastAsked().uri()).hasToString(recording.target());
            return new Covered(request(recording, server), answer);
        }
    }

    private String answer(Recording recording, ProviderCall call) {
        ObjectNode expected = OpenAiAnswer.of(recording);
        ChatResponse response;
        if (recording.isStream()) {
            List<ChatEvent> events = events(recording, call);
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            events.forEach(assembler::accept);
            response = assembler.response();
            assertThat(OpenAiAnswer.of(chunks(events, response.model()))).isEqualTo(expected);
        } else {
            response = provider.chat(question(recording), call);
        }
        assertThat(OpenAiAnswer.of(ChatResponseWriter.write(response))).isEqualTo(expected);
        return OpenAiAnswer.contents(expected);
    }

    private String vectors(Recording recording, ProviderCall call) {
        IncomingEmbedding wanted = EmbeddingRequestReader.read(bytes(recording.request()));
        EmbeddingResponse response = provider.embed(wanted, call);

        JsonNode written = Recording.parse(
                new String(EmbeddingResponseWriter.write(response, wanted.format()), StandardCharsets.UTF_8));
        assertThat(written.equals(NumberInsensitive.ORDER, recording.response()))
                .as("expected %s but was %s", recording.response(), written)
                .isTrue();
        int count = response.embeddings().size();
        return (count == 1 ? "1 vector" : count + " vectors") + " as "
                + wanted.format().name().toLowerCase(Locale.ROOT) + ", usage";
    }

    private List<ChatEvent> events(Recording recording, ProviderCall call) {
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(question(recording), call)) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
            }
        }
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

    private String failure(Recording recording, ProviderCall call) {
        Failure failure = catchThrowableOfType(ProviderException.class, () -> {
                    if (recording.target().equals(EMBEDDINGS)) {
                        provider.embed(VECTORS, call);
                    } else if (recording.request().path("stream").asBoolean()) {
                        provider.stream(question(recording), call).close();
                    } else {
                        provider.chat(question(recording), call);
                    }
                })
                .failure();

        JsonNode error = recording.response().path("error");
        assertThat(failure.httpStatus()).hasValue(recording.status());
        assertThat(failure.message()).isNotBlank();
        assertThat(failure.code().orElse(null)).isEqualTo(error.path("code").asText(null));
        assertThat(failure.param().orElse(null)).isEqualTo(error.path("param").asText(null));
        return "failure " + failure.kind()
                + failure.param().map(param -> ", `" + param + "`").orElse("");
    }

    private static String request(Recording recording, LoopbackServer server) {
        if (REFUSED_HERE.contains(recording.name())) {
            return "no: the gateway refuses it itself, before anything is sent";
        }
        if (!recording.hasRequest()) {
            return Covered.NOT_RECORDED;
        }
        ObjectNode expected = recording.target().equals(CHAT)
                ? PlainRequest.of(recording.request())
                : recording.request().deepCopy();
        if (expected.path("stream").asBoolean()) {
            expected.withObject("/stream_options").put("include_usage", true);
        }
        JsonNode sent = server.lastAsked().json();
        assertThat(sent.equals(NumberInsensitive.ORDER, expected))
                .as("expected %s but was %s", expected, sent)
                .isTrue();
        return Covered.COMPARED;
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ChatRequest question(Recording recording) {
        if (!recording.hasRequest() || REFUSED_HERE.contains(recording.name())) {
            return QUESTION;
        }
        byte[] body = recording.request().toString().getBytes(StandardCharsets.UTF_8);
        return ChatRequestReader.read(body).request().toBuilder()
                .model("openai/some-model")
                .build();
    }

    /** A vendor that differs from OpenAI in nothing. */
    private static final class Plain extends OpenAiDialectProvider {
        Plain() {
            super(new ErrorTable(List.of(), Clock.systemUTC()));
        }

        @Override
        public ProviderDescriptor descriptor() {
            return new ProviderDescriptor(
                    "openai",
                    "OpenAI",
                    List.of("openai"),
                    List.of(),
                    URI.create("https://api.openai.com/v1"),
                    "OPENAI_BASE_URL",
                    "OPENAI_API_KEY",
                    "X-OpenAI-API-Key");
        }

        EmbeddingResponse embed(IncomingEmbedding wanted, ProviderCall call) {
            String format = wanted.format().name().toLowerCase(Locale.ROOT);
            byte[] body = EmbeddingRequestWriter.write(wanted.request(), call.model(), format);
            return post("/embeddings", body, call, EmbeddingResponseReader::read);
        }

        @Override
        public List<Model> models() {
            return List.of();
        }
    }
}
