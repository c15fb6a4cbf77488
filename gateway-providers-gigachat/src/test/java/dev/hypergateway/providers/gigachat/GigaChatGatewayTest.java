package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.AllKeysFailedException;
import dev.hypergateway.Gateway;
import dev.hypergateway.GatewayBuilder;
import dev.hypergateway.GatewayException;
import dev.hypergateway.InvalidRequestException;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.testkit.GigaChatServer;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.MediaFetcher;
import dev.hypergateway.transport.Threads;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GigaChatGatewayTest {
    private static final String MODEL = "sber/GigaChat-2-Max";
    private static final Tool WEATHER = Tool.function(
            "weather",
            "The weather in a city",
            Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string"))));

    private final VendorSandbox sandbox = VendorSandbox.start();
    private final GigaChatServer gigachat = sandbox.gigachat();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void answers_with_text_and_usage() {
        try (Gateway ai = gateway("key-a").build()) {
            ChatResponse response = ai.chat(MODEL, "Why is the [[cached:2]] sky blue?");

            assertThat(response.text()).isEqualTo("You said: Why is the [[cached:2]] sky blue?");
            assertThat(response.model()).isEqualTo(MODEL);
            assertThat(response.id()).startsWith("chatcmpl-");
            assertThat(response.choices().get(0).finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(response.usage().orElseThrow().cachedTokens()).hasValue(2);
            assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(6 + 8);
        }
    }

    @Test
    void streams_the_same_answer() {
        try (Gateway ai = gateway("key-a").build();
                ChatStream stream = ai.stream(ChatRequest.of(MODEL, "[[words:5]]"))) {
            List<ChatEvent> events = new ArrayList<>();
            stream.forEach(events::add);

            assertThat(events).filteredOn(ChatEvent::isContent).hasSize(5);
            assertThat(events).filteredOn(ChatEvent.Finish.class::isInstance).hasSize(1);
            assertThat(events.get(events.size() - 1)).isInstanceOf(ChatEvent.UsageReport.class);
        }
        assertThat(gigachat.tokenRequests("key-a")).isEqualTo(1);
    }

    @Test
    void calls_a_function_and_goes_on_with_its_result() {
        try (Gateway ai = gateway("key-a").build()) {
            ChatRequest question = ChatRequest.builder()
                    .model(MODEL)
                    .system("Be brief.")
                    .user("[[tool:weather]] {\"city\":\"Kazan\"}")
                    .tools(List.of(WEATHER))
                    .build();

            Message.Assistant turn = ai.chat(question).choices().get(0).message();
            ToolCall call = turn.toolCalls().get(0);

            assertThat(call.name()).isEqualTo("weather");
            assertThat(call.arguments()).isEqualTo("{\"city\":\"Kazan\"}");

            List<Message> history = new ArrayList<>(question.messages());
            // A client that knows only the standard fields.
            history.add(Message.Assistant.builder()
                    .toolCalls(List.of(new ToolCall(call.id(), call.name(), call.arguments())))
                    .build());
            history.add(Message.toolResult(call.id(), "sunny"));
            ChatResponse answer = ai.chat(question.toBuilder().messages(history).build());

            assertThat(answer.text()).isEqualTo("The tool said: \"sunny\"");
            assertThat(StateId.in(call.extra())).isNotNull();
            assertThat(gigachat.lastRequest().json().get("messages").toString())
                    .contains("functions_state_id=" + StateId.in(call.extra()));
        }
    }

    @Test
    void streams_a_function_call() {
        try (Gateway ai = gateway("key-a").build();
                ChatStream stream = ai.stream(ChatRequest.builder()
                        .model(MODEL)
                        .user("[[tool:weather]] {\"city\":\"Kazan\"}")
                        .tools(List.of(WEATHER))
                        .build())) {
            List<ChatEvent> events = new ArrayList<>();
            stream.forEach(events::add);

            assertThat(events)
                    .filteredOn(ChatEvent.ToolCallDelta.class::isInstance)
                    .singleElement()
                    .extracting(event -> ((ChatEvent.ToolCallDelta) event).arguments())
                    .isEqualTo("{\"city\":\"Kazan\"}");
            assertThat(events).contains(new ChatEvent.Finish(0, FinishReason.TOOL_CALLS));
        }
    }

    @Test
    void answers_by_a_schema() {
        Map<String, Object> schema = Map.of("type", "object", "properties", Map.of("answer", Map.of("type", "string")));
        try (Gateway ai = gateway("key-a").build()) {
            ChatResponse response = ai.chat(ChatRequest.builder()
                    .model(MODEL)
                    .user("Hi")
                    .responseFormat(ResponseFormat.jsonSchema("reply", schema))
                    .build());

            assertThat(response.text()).startsWith("{");
            assertThat(gigachat.lastRequest().json().get("response_format"))
                    .isEqualTo(Map.of("type", "json_schema", "schema", schema, "strict", true));
        }
    }

    @Test
    void an_expired_token_costs_one_refresh_and_no_failover() {
        try (Gateway ai = gateway("key-a,key-b").build()) {
            ai.chat(MODEL, "one");
            gigachat.expireTokens();

            ChatResponse response = ai.chat(MODEL, "two");

            assertThat(response.trace().attempts())
                    .extracting(attempt -> attempt.failure())
                    .containsExactly(FailureKind.TOKEN_EXPIRED, null);
            assertThat(gigachat.tokenRequests("key-a")).isEqualTo(2);
            assertThat(gigachat.attempts("key-b")).isZero();
        }
    }

    @Test
    void a_stream_survives_an_expired_token_too() {
        try (Gateway ai = gateway("key-a").build()) {
            ai.chat(MODEL, "one");
            gigachat.expireTokens();

            try (ChatStream stream = ai.stream(ChatRequest.of(MODEL, "two"))) {
                assertThat(stream.spliterator().tryAdvance(event -> {})).isTrue();
            }
            assertThat(gigachat.tokenRequests("key-a")).isEqualTo(2);
        }
    }

    @Test
    void fifty_calls_at_a_time_make_one_token_request() throws Exception {
        gigachat.script("key-a", Reply.ok().delay(Duration.ofMillis(50)));
        try (Gateway ai =
                gateway("key-a", Map.of("GIGACHAT_MAX_CONCURRENCY", "50")).build()) {
            List<ChatResponse> answers = atOnce(50, () -> ai.chat(MODEL, "Hi"));

            assertThat(answers).allSatisfy(answer -> assertThat(answer.text()).isEqualTo("You said: Hi"));
            assertThat(gigachat.tokenRequests("key-a")).isEqualTo(1);
            assertThat(gigachat.mostAtATime("key-a")).isGreaterThan(1);
        }
    }

    @Test
    void a_key_of_a_private_person_is_used_by_one_call_at_a_time() throws Exception {
        gigachat.concurrency(1);
        try (Gateway ai = gateway("key-a").build()) {
            List<ChatResponse> answers = atOnce(8, () -> ai.chat(MODEL, "Hi"));

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.trace().attempts()).hasSize(1));
            assertThat(gigachat.mostAtATime("key-a")).isEqualTo(1);
        }
    }

    @Test
    void a_stream_that_is_left_gives_its_turn_to_the_next_call() {
        gigachat.script("key-a", Reply.ok().stallAfter(1), Reply.ok());
        try (Gateway ai = gateway("key-a").build()) {
            try (ChatStream stream = ai.stream(ChatRequest.of(MODEL, "[[words:50]]"))) {
                assertThat(stream.iterator().hasNext()).isTrue();
            }

            assertThat(ai.chat(MODEL, "Hi").text()).isEqualTo("You said: Hi");
        }
    }

    @Test
    void a_changed_key_never_uses_the_old_token() {
        try (Gateway ai = gateway("").build()) {
            ProviderKey key =
                    ai.keys().add(Owner.LOCAL, new NewProviderKey("gigachat", Secret.of("first-secret"), "mine"));
            ai.chat(MODEL, "Hi");

            ai.keys()
                    .update(Owner.LOCAL, key.id(), new ProviderKeyChange(null, Secret.of("second-secret"), null, null));
            ai.chat(MODEL, "Hi");

            assertThat(gigachat.lastRequest().key()).contains("second-secret");
            assertThat(gigachat.tokenRequests("second-secret")).isEqualTo(1);
        }
    }

    @Test
    void a_dead_key_hands_over_to_the_next() {
        gigachat.acceptOnly("key-b");
        try (Gateway ai = gateway("key-a,key-b").build()) {
            ChatResponse response = ai.chat(MODEL, "Hi");

            assertThat(response.trace().attempts())
                    .extracting(attempt -> attempt.failure())
                    .containsExactly(FailureKind.CREDENTIAL_REJECTED, null);
        }
    }

    @Test
    void a_picture_arrives_intact_and_is_uploaded_once() {
        byte[] picture = Pictures.png();
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
        try (Gateway ai = gateway("key-a").build()) {
            ChatRequest request = ChatRequest.builder()
                    .model(MODEL)
                    .messages(List.of(Message.user(Part.text("What is this?"), Part.image(url))))
                    .build();
            ai.chat(request);
            ai.chat(request);

            assertThat(gigachat.files()).singleElement().satisfies(file -> {
                assertThat(file.content()).isEqualTo(picture);
                assertThat(file.mimeType()).isEqualTo("image/png");
                assertThat(gigachat.lastRequest().json().get("messages").toString())
                        .contains("attachments=[" + file.id() + "]");
            });
        }
    }

    @Test
    void a_picture_that_is_only_pointed_to_is_fetched_and_uploaded() throws Exception {
        byte[] picture = Pictures.png();
        try (PictureServer pictures = new PictureServer(picture);
                Gateway ai = gateway("key-a")
                        .provider(new GigaChatProvider(
                                Clock.systemUTC(),
                                UUID::randomUUID,
                                MediaFetcher.allowing(InetAddress::isLoopbackAddress)))
                        .build()) {
            ai.chat(ChatRequest.builder()
                    .model(MODEL)
                    .messages(List.of(Message.user(Part.image(pictures.url("/redirect")))))
                    .build());

            assertThat(gigachat.files())
                    .singleElement()
                    .satisfies(file -> assertThat(file.content()).isEqualTo(picture));
        }
    }

    @Test
    void a_picture_inside_the_own_network_is_refused_without_a_request() throws Exception {
        try (PictureServer pictures = new PictureServer(Pictures.png());
                Gateway ai = gateway("key-a").build()) {
            ChatRequest request = ChatRequest.builder()
                    .model(MODEL)
                    .messages(List.of(Message.user(Part.image(pictures.url("/picture")))))
                    .build();

            InvalidRequestException refused =
                    catchThrowableOfType(InvalidRequestException.class, () -> ai.chat(request));

            assertThat(refused).hasMessageContaining("not on the public Internet");
            assertThat(pictures.requests()).isZero();
            assertThat(gigachat.requests()).isEmpty();
        }
    }

    @Test
    void a_wrong_authority_gives_an_error_that_names_the_setting(@TempDir Path folder) throws Exception {
        TestAuthority host = TestAuthority.create(folder, "host");
        TestAuthority stranger = TestAuthority.create(folder, "stranger");
        try (TlsRelay relay = new TlsRelay(host.server(), gigachat.baseUri())) {
            Map<String, String> settings = Map.of(
                    "GIGACHAT_TOKEN_URL", relay.https(gigachat.tokenUrl()),
                    "GIGACHAT_CHAT_URL", relay.https(gigachat.chatUrl()));

            assertThat(failure(settings)).hasMessageContaining("GIGACHAT_CA_BUNDLE_FILE");

            Map<String, String> wrong = new HashMap<>(settings);
            wrong.put("GIGACHAT_CA_BUNDLE_FILE", stranger.pem().toString());
            assertThat(failure(wrong))
                    .hasMessageContaining("GIGACHAT_CA_BUNDLE_FILE")
                    .hasMessageContaining("stranger.pem");
            assertThat(gigachat.requests()).isEmpty();

            Map<String, String> right = new HashMap<>(settings);
            right.put("GIGACHAT_CA_BUNDLE_FILE", host.pem().toString());
            try (Gateway ai = gateway("key-a", right).build()) {
                assertThat(ai.chat(MODEL, "Hi").text()).isEqualTo("You said: Hi");
            }
        }
    }

    @Test
    void a_file_of_authorities_that_is_none_is_named(@TempDir Path folder) {
        assertThat(failure(Map.of(
                        "GIGACHAT_CA_BUNDLE_FILE", folder.resolve("missing.pem").toString())))
                .hasMessageContaining("GIGACHAT_CA_BUNDLE_FILE")
                .hasMessageContaining("missing.pem");
    }

    private GatewayException failure(Map<String, String> settings) {
        try (Gateway ai = gateway("key-a", settings).build()) {
            return catchThrowableOfType(AllKeysFailedException.class, () -> ai.chat(MODEL, "Hi"));
        }
    }

    private GatewayBuilder gateway(String keys) {
        return gateway(keys, Map.of());
    }

    private GatewayBuilder gateway(String keys, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(sandbox.settings());
        settings.put("GIGACHAT_AUTH_KEY", keys);
        settings.putAll(more);
        return Gateway.builder().settings(settings);
    }

    private static <T> List<T> atOnce(int count, Callable<T> task) throws Exception {
        ExecutorService threads = Threads.perTask("test");
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(java.util.Collections.nCopies(count, task))) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
