package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.Gateway;
import dev.hypergateway.InvalidRequestException;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.testkit.GeminiServer;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conversations with Gemini 3 over clients that send back only the standard fields of a message. The sandbox refuses a call without
 * its signature or with another's, as Google does.
 */
class GeminiSignatureTest {
    private static final String MODEL = "google/gemini-3-flash-preview";
    private static final String WEATHER = "[[think]] [[tool:weather]] {\"city\":\"%s\"}";
    private static final String BOTH = "[[tool:weather]] {\"city\":\"%s\"} [[tool:time]] {\"zone\":\"%1$s\"}";

    private final VendorSandbox sandbox = VendorSandbox.start();
    private final GeminiServer gemini = sandbox.gemini();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_conversation_of_three_turns_keeps_its_signatures(boolean streamed) {
        try (Gateway ai = gateway("key-a")) {
            Conversation conversation = new Conversation(ai, MODEL, streamed);
            for (String city : List.of("Rome", "Oslo", "Lima")) {
                conversation.ask(WEATHER.formatted(city));
            }

            assertThat(conversation.signatures).hasSize(6).doesNotHaveDuplicates();
            assertThat(sentSignatures()).isEqualTo(conversation.signatures.subList(0, 5));
        }
        assertThat(gemini.requests())
                .hasSize(6)
                .allSatisfy(request -> assertThat(request.status()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parallel_calls_keep_the_one_signature_of_the_first(boolean streamed) {
        try (Gateway ai = gateway("key-a")) {
            Conversation conversation = new Conversation(ai, MODEL, streamed);
            conversation.ask(BOTH.formatted("Rome"));
            conversation.ask(BOTH.formatted("Oslo"));

            JsonNode calls = sent().at("/contents/1/parts");
            assertThat(calls).hasSize(2);
            assertThat(calls.at("/0/thoughtSignature").asText()).isEqualTo(conversation.signatures.get(0));
            assertThat(calls.get(1).has("thoughtSignature")).isFalse();
            assertThat(sentSignatures()).isEqualTo(conversation.signatures);
        }
    }

    @Test
    void a_call_gets_back_the_id_that_Google_gave_it() {
        try (Gateway ai = gateway("key-a")) {
            Conversation conversation = new Conversation(ai, "google/gemini-3.1-pro-preview", false);
            conversation.ask(BOTH.formatted("Rome"));

            JsonNode contents = sent().path("contents");
            for (int i = 0; i < 2; i++) {
                String id = contents.at("/1/parts/" + i + "/functionCall/id").asText();
                assertThat(id).matches("call_\\d{6}");
                assertThat(contents.at("/2/parts/" + i + "/functionResponse/id").asText())
                        .isEqualTo(id);
            }
            assertThat(conversation.callIds).allMatch(id -> id.matches("call_[0-9a-f]{32}"));
        }
    }

    @Test
    void a_conversation_goes_on_with_another_key() {
        try (Gateway ai = gateway("key-a,key-b")) {
            Conversation conversation = new Conversation(ai, MODEL, false);
            conversation.ask(WEATHER.formatted("Rome"));
            gemini.script("key-a", Reply.rateLimited());
            conversation.ask(WEATHER.formatted("Oslo"));

            assertThat(sentSignatures()).isEqualTo(conversation.signatures.subList(0, 3));
        }
    }

    @Test
    void a_conversation_that_another_process_began_goes_on_with_the_stand_in() {
        List<Message> history;
        try (Gateway first = gateway("key-a")) {
            Conversation conversation = new Conversation(first, MODEL, false);
            conversation.ask(WEATHER.formatted("Rome"));
            history = conversation.messages;
        }
        try (Gateway second = gateway("key-a")) {
            Conversation conversation = new Conversation(second, MODEL, false);
            conversation.messages.addAll(history);
            conversation.ask("And?");

            assertThat(sentSignatures()).containsExactly(GooglesExtra.SKIP);
        }
    }

    @Test
    void another_model_does_not_get_the_thoughts_of_this_one() {
        try (Gateway ai = gateway("key-a")) {
            Conversation conversation = new Conversation(ai, MODEL, false);
            conversation.ask(WEATHER.formatted("Rome"));
            Conversation other = new Conversation(ai, "google/gemini-3.5-flash", false);
            other.messages.addAll(conversation.messages);
            other.ask("And?");

            assertThat(sentSignatures()).containsExactly(GooglesExtra.SKIP);
        }
    }

    @Test
    void nobody_gets_at_the_thoughts_of_a_call_whose_id_he_does_not_know() {
        try (Gateway ai = gateway("key-a")) {
            Conversation conversation = new Conversation(ai, "google/gemini-3.1-pro-preview", false);
            conversation.ask(WEATHER.formatted("Rome"));
            String googles = sent().at("/contents/1/parts/0/functionCall/id").asText();
            Conversation thief = new Conversation(ai, "google/gemini-3.1-pro-preview", false);
            thief.messages.add(Message.user(WEATHER.formatted("Rome")));
            thief.messages.add(Message.Assistant.builder()
                    .toolCalls(List.of(new ToolCall(googles, "weather", "{\"city\":\"Rome\"}")))
                    .build());
            thief.messages.add(Message.toolResult(googles, "15 degrees"));
            thief.ask("What did you think?");

            assertThat(sentSignatures()).containsExactly(GooglesExtra.SKIP);
        }
    }

    @Test
    void a_signature_that_Google_does_not_take_any_more_is_left_out_in_a_second_try() {
        try (Gateway ai = gateway("key-a,key-b")) {
            Conversation conversation = new Conversation(ai, MODEL, false);
            conversation.ask(WEATHER.formatted("Rome"));
            gemini.script("key-a", Reply.badRequest("Corrupted thought signature."), Reply.ok());

            ChatResponse response = conversation.send(Message.user("And?"));

            assertThat(response.trace().attempts())
                    .extracting(Attempt::failure)
                    .containsExactly(FailureKind.TOKEN_EXPIRED, null);
            assertThat(sentSignatures()).containsExactly(GooglesExtra.SKIP);
        }
        assertThat(gemini.attempts("key-b")).isZero();
    }

    @Test
    void a_signature_that_the_caller_mixed_up_is_the_callers_mistake() {
        try (Gateway ai = gateway("key-a")) {
            Conversation conversation = new Conversation(ai, MODEL, false);
            conversation.ask(WEATHER.formatted("Rome"));
            ToolCall mixedUp = new ToolCall(
                    "call_x", "weather", "{\"city\":\"Oslo\"}", GooglesExtra.fields(conversation.signatures.get(0)));

            InvalidRequestException e = catchThrowableOfType(
                    InvalidRequestException.class,
                    () -> ai.chat(ChatRequest.builder()
                            .model(MODEL)
                            .tools(Conversation.TOOLS)
                            .user("?")
                            .message(Message.Assistant.builder()
                                    .toolCalls(List.of(mixedUp))
                                    .build())
                            .message(Message.toolResult("call_x", "1"))
                            .build()));

            assertThat(e).hasMessageContaining("Corrupted thought signature.");
            assertThat(e.trace().attempts()).hasSize(1);
        }
    }

    private Gateway gateway(String keys) {
        Map<String, String> settings = new HashMap<>(sandbox.settings());
        settings.put("GOOGLE_AI_STUDIO_API_KEY", keys);
        return Gateway.builder()
                .provider(new GeminiProvider())
                .settings(settings)
                .build();
    }

    private JsonNode sent() {
        return Json.parse(gemini.lastRequest().body());
    }

    /** The signatures in the last request, in order. */
    private List<String> sentSignatures() {
        return sent().path("contents").findValuesAsText("thoughtSignature");
    }

    /** A client that knows only OpenAI's fields. */
    private static final class Conversation {
        static final List<Tool> TOOLS = List.of(
                Tool.function("weather", "The weather", Map.of("type", "object")),
                Tool.function("time", "The time", Map.of("type", "object")));

        private final Gateway ai;
        private final String model;
        private final boolean streamed;
        private final List<Message> messages = new ArrayList<>();
        private final List<String> signatures = new ArrayList<>();
        private final List<String> callIds = new ArrayList<>();

        private Conversation(Gateway ai, String model, boolean streamed) {
            this.ai = ai;
            this.model = model;
            this.streamed = streamed;
        }

        /** Asks, answers the calls, and takes the answer in words. */
        private void ask(String question) {
            ChatResponse response = send(Message.user(question));
            List<ToolCall> calls = response.choices().get(0).message().toolCalls();
            if (!calls.isEmpty()) {
                List<Message> results = new ArrayList<>();
                // In the other order, as they may come.
                calls.forEach(call -> results.add(0, Message.toolResult(call.id(), "15 degrees")));
                assertThat(send(results.toArray(Message[]::new)).text()).startsWith("The tool said:");
            }
        }

        private ChatResponse send(Message... more) {
            messages.addAll(List.of(more));
            ChatRequest request = ChatRequest.builder()
                    .model(model)
                    .tools(TOOLS)
                    .messages(messages)
                    .build();
            ChatResponse response = streamed ? stream(request) : ai.chat(request);
            messages.add(standard(response.choices().get(0).message()));
            return response;
        }

        private ChatResponse stream(ChatRequest request) {
            ChatResponseAssembler answer = new ChatResponseAssembler();
            try (ChatStream stream = ai.stream(request)) {
                stream.forEach(answer::accept);
            }
            return answer.response();
        }

        private Message standard(Message.Assistant message) {
            List<ToolCall> calls = new ArrayList<>();
            for (ToolCall call : message.toolCalls()) {
                callIds.add(call.id());
                note(call.extra());
                calls.add(new ToolCall(call.id(), call.name(), call.arguments()));
            }
            note(message.extra());
            return Message.Assistant.builder()
                    .content(message.content())
                    .toolCalls(calls)
                    .build();
        }

        private void note(Map<String, Object> extra) {
            String signature = GooglesExtra.signature(extra);
            if (signature != null) {
                signatures.add(signature);
            }
        }
    }
}
