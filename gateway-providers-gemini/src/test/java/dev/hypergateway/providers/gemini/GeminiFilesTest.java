package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.Gateway;
import dev.hypergateway.InvalidRequestException;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.testkit.GeminiServer;
import dev.hypergateway.testkit.RecordedRequest;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.MediaFetcher;
import dev.hypergateway.transport.UpstreamClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is too large for a request goes through the Files API. */
class GeminiFilesTest {
    private static final String MODEL = "google/gemini-2.5-flash";

    /** Larger in base64 than a request may be. */
    private static final byte[] LARGE = Media.png(16 << 20, 1);

    private final VendorSandbox sandbox = VendorSandbox.start();
    private final GeminiServer gemini = sandbox.gemini();
    private final GeminiProvider provider = new GeminiProvider(
            Clock.systemUTC(),
            () -> "call_1",
            MediaFetcher.publicOnly(),
            wait -> CompletableFuture.completedFuture(null));

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void sends_small_content_with_the_request() {
        try (Gateway ai = gateway("key-a")) {
            ai.chat(ask(Media.png(1 << 20, 1)));
        }

        assertThat(gemini.requests()).hasSize(1);
        assertThat(gemini.files()).isEmpty();
    }

    @Test
    void uploads_large_content_once_for_all_turns_of_a_conversation() {
        ChatRequest first = ask(LARGE);
        try (Gateway ai = gateway("key-a")) {
            ChatResponse answer = ai.chat(first);
            assertThat(answer.text()).isEqualTo("You said: Look:");

            ai.chat(first.toBuilder()
                    .message(answer.choices().get(0).message())
                    .user("And?")
                    .build());
        }

        assertThat(gemini.files()).singleElement().satisfies(file -> {
            assertThat(file.content()).isEqualTo(LARGE);
            assertThat(file.mimeType()).isEqualTo("image/png");
            assertThat(file.key()).isEqualTo("key-a");
        });
        assertThat(chats())
                .hasSize(2)
                .allSatisfy(chat -> assertThat(chat.body())
                        .contains("{\"fileData\":{\"mimeType\":\"image/png\",\"fileUri\":\"" + gemini.baseUri() + "/"
                                + gemini.files().get(0).name() + "\"}}")
                        .hasSizeLessThan(1000));
    }

    @Test
    void uploads_no_more_than_it_has_to() {
        try (Gateway ai = gateway("key-a")) {
            ai.chat(ChatRequest.builder()
                    .model(MODEL)
                    .message(Message.user(
                            Part.image(Media.url("image/png", Media.png(5 << 20, 1))),
                            Part.image(Media.url("image/png", Media.png(7 << 20, 2))),
                            new Part.File(null, Media.url("application/pdf", new byte[6 << 20]), "a.pdf", Map.of())))
                    .build());
        }

        assertThat(gemini.files())
                .singleElement()
                .satisfies(file -> assertThat(file.content()).isEqualTo(Media.png(7 << 20, 2)));
        assertThat(gemini.lastRequest().bodyBytes()).hasSizeLessThan(Attachments.LARGEST_REQUEST);
    }

    @Test
    void streams_an_answer_about_large_content() {
        try (Gateway ai = gateway("key-a");
                ChatStream stream = ai.stream(ask(LARGE))) {
            StringBuilder text = new StringBuilder();
            stream.forEach(event -> text.append(event instanceof ChatEvent.TextDelta delta ? delta.text() : ""));

            assertThat(text).hasToString("You said: Look:");
        }
        assertThat(gemini.files()).hasSize(1);
    }

    @Test
    void waits_until_a_file_can_be_used() {
        gemini.processFiles(3);
        try (Gateway ai = gateway("key-a")) {
            assertThat(ai.chat(ask(LARGE)).text()).isEqualTo("You said: Look:");
        }

        assertThat(gemini.requests())
                .extracting(RecordedRequest::method)
                .filteredOn("GET"::equals)
                .hasSize(4);
    }

    @Test
    void says_which_file_could_not_be_processed() {
        gemini.failFiles("Unsupported codec.");
        try (Gateway ai = gateway("key-a,key-b")) {
            InvalidRequestException e = catchThrowableOfType(InvalidRequestException.class, () -> ai.chat(ask(LARGE)));

            assertThat(e.param()).contains("messages[0].content[1].image_url");
            assertThat(e).hasMessageContaining("Unsupported codec.");
        }
        assertThat(chats()).isEmpty();
        assertThat(gemini.attempts("key-b")).isZero();
    }

    @Test
    void uploads_again_with_the_next_key_when_one_fails() {
        try (Gateway ai = gateway("key-a,key-b")) {
            ai.chat(ask(LARGE));
            gemini.script("key-a", Reply.rateLimited());

            assertThat(ai.chat(ask(LARGE)).text()).isEqualTo("You said: Look:");
        }

        assertThat(gemini.files()).extracting(GeminiServer.UploadedFile::key).containsExactly("key-a", "key-b");
    }

    @Test
    void takes_an_error_of_the_upload_for_what_it_is() {
        gemini.script("key-a", Reply.leakedKey());
        try (Gateway ai = gateway("key-a,key-b")) {
            assertThat(ai.chat(ask(LARGE)).trace().attempts())
                    .extracting(Attempt::failure)
                    .containsExactly(FailureKind.CREDENTIAL_REJECTED, null);
        }

        assertThat(gemini.files()).extracting(GeminiServer.UploadedFile::key).containsExactly("key-b");
    }

    @Test
    void uploads_once_more_with_the_same_key_when_Google_has_deleted_a_file() {
        try (Gateway ai = gateway("key-a,key-b")) {
            ai.chat(ask(LARGE));
            gemini.dropFiles();

            ChatResponse response = ai.chat(ask(LARGE));

            assertThat(response.text()).isEqualTo("You said: Look:");
            assertThat(response.trace().attempts())
                    .extracting(Attempt::failure)
                    .containsExactly(FailureKind.TOKEN_EXPIRED, null);
        }
        assertThat(gemini.attempts("key-b")).isZero();
        assertThat(gemini.files()).hasSize(1);
    }

    @Test
    void gives_no_file_of_one_key_to_another_nor_to_the_same_with_a_new_secret() {
        try (UpstreamClient http = UpstreamClient.builder().build()) {
            provider.chat(ask(LARGE), call(http, "secret-one", 1));
            provider.chat(ask(LARGE), call(http, "secret-one", 1));
            assertThat(gemini.files()).hasSize(1);

            provider.chat(ask(LARGE), call(http, "secret-two", 1));
            provider.chat(ask(LARGE), call(http, "secret-two", 2));
        }

        assertThat(gemini.files())
                .extracting(GeminiServer.UploadedFile::key)
                .containsExactly("secret-one", "secret-two", "secret-two");
    }

    @Test
    void refers_to_no_file_that_is_about_to_be_deleted() {
        FileStore today = new FileStore(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        try (UpstreamClient http = UpstreamClient.builder().build()) {
            FileStore.Id id = FileStore.id(LARGE, "image/png", call(http, "secret", 1));
            today.put(id, new UploadedFile("files/a", "u", "image/png", Instant.EPOCH.plus(Duration.ofMinutes(10))));
            assertThat(today.find(id)).isNull();

            today.put(id, new UploadedFile("files/a", "u", "image/png", Instant.EPOCH.plus(Duration.ofHours(1))));
            assertThat(today.find(id)).isNotNull();
            assertThat(id.toString()).isEqualTo("Id[image/png]");
        }
    }

    @Test
    void lets_Google_say_that_a_picture_of_a_tool_is_too_large() {
        ChatRequest request = ChatRequest.builder()
                .model("google/gemini-3-flash-preview")
                .user("?")
                .message(Message.Assistant.builder()
                        .toolCalls(List.of(new ToolCall("a", "shot", "{}")))
                        .build())
                .message(new Message.ToolResult("a", List.of(Part.image(Media.url("image/png", LARGE))), Map.of()))
                .build();
        try (Gateway ai = gateway("key-a")) {
            InvalidRequestException e = catchThrowableOfType(InvalidRequestException.class, () -> ai.chat(request));

            assertThat(e).hasMessageContaining("Request payload size exceeds the limit");
            assertThat(e.param()).contains("messages");
        }
        assertThat(gemini.files()).isEmpty();
    }

    private List<RecordedRequest> chats() {
        return gemini.requests().stream()
                .filter(request -> request.model().isPresent())
                .toList();
    }

    private Gateway gateway(String keys) {
        Map<String, String> settings = new HashMap<>(sandbox.settings());
        settings.put("GOOGLE_AI_STUDIO_API_KEY", keys);
        return Gateway.builder().provider(provider).settings(settings).build();
    }

    private ProviderCall call(UpstreamClient http, String secret, long version) {
        Credential credential = new Credential(KeySource.STORED, "id", "test", version, Secret.of(secret), Map.of());
        return new ProviderCall(
                "gemini-2.5-flash", credential, gemini.baseUri(), http, AttemptControl.withDefaults(), Map.of());
    }

    private static ChatRequest ask(byte[] picture) {
        return ChatRequest.builder()
                .model(MODEL)
                .message(Message.user(Part.text("Look:"), Part.image(Media.url("image/png", picture))))
                .build();
    }
}
