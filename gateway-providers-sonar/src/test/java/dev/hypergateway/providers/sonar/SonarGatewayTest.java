package dev.hypergateway.providers.sonar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.ContextTooLongException;
import dev.hypergateway.Gateway;
import dev.hypergateway.InvalidRequestException;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.Timeouts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider in a gateway, against a server that knows Perplexity's rules. */
class SonarGatewayTest {
    private static final List<Citation> SOURCES = List.of(
            new Citation("https://example.com/first", "The first page", null, null),
            new Citation("https://example.org/second", "The second page", null, null));

    private final VendorSandbox sandbox = VendorSandbox.start();
    private final Gateway gateway = gateway(FailoverPolicy.DEFAULTS);

    @AfterEach
    void stop() {
        gateway.close();
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answers_with_its_sources_and_its_bill(boolean stream) {
        ChatResponse response = ask(
                ChatRequest.builder()
                        .model("perplexity/sonar")
                        .user("[[words:20]]")
                        .extra(Map.of("return_images", true, "return_related_questions", true)),
                stream);

        assertThat(response.text()).startsWith("word1 word2").endsWith("word20");
        assertThat(response.model()).isEqualTo("perplexity/sonar");
        assertThat(response.finishReason()).contains(FinishReason.STOP);
        assertThat(response.choices().get(0).message().citations()).isEqualTo(SOURCES);
        assertThat(response.extra()).containsKeys("citations", "search_results", "images", "related_questions");
        assertThat(response.usage().orElseThrow().completionTokens()).isEqualTo(20);
        assertThat(response.usage().orElseThrow().extra()).containsKey("cost");
        assertThat(sandbox.perplexity().lastRequest().json()).containsEntry("return_images", true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answers_a_conversation_whose_roles_do_not_alternate(boolean stream) {
        ChatResponse response = ask(
                ChatRequest.builder()
                        .model("sonar-pro")
                        .user("one")
                        .user("two")
                        .assistant("three")
                        .system("be kind")
                        .assistant("four")
                        .user("five"),
                stream);

        assertThat(response.text()).isEqualTo("You said: five");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shows_the_thoughts_of_older_models_as_reasoning(boolean stream) {
        ChatResponse response =
                ask(ChatRequest.builder().model("sonar-reasoning").user("[[think]]"), stream);

        assertThat(response.choices().get(0).message().reasoning())
                .isEqualTo("The user said something. I shall say it back.");
        assertThat(response.text()).isEqualTo("You said: [[think]]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void counts_the_reasoning_of_deep_research(boolean stream) {
        ChatResponse response = ask(
                ChatRequest.builder().model("perplexity/sonar-deep-research").user("[[think]]"), stream);

        assertThat(response.usage().orElseThrow()).satisfies(usage -> {
            assertThat(usage.reasoningTokens()).hasValue(9);
            assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
            assertThat(usage.extra()).containsEntry("num_search_queries", 1);
        });
    }

    @Test
    void gives_json_on_demand() {
        assertThat(ask(
                                ChatRequest.builder()
                                        .model("sonar")
                                        .user("Hi")
                                        .responseFormat(ResponseFormat.JSON_OBJECT),
                                false)
                        .text())
                .isEqualTo("{\"answer\":\"You said: Hi\"}");
        Map<String, Object> schema = Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string")));
        assertThat(ask(
                                ChatRequest.builder()
                                        .model("sonar")
                                        .user("Hi")
                                        .responseFormat(ResponseFormat.jsonSchema("place", schema)),
                                false)
                        .text())
                .isEqualTo("{\"city\":\"You said: Hi\"}");
    }

    @Test
    void waits_for_deep_research_longer_than_for_other_models() {
        Timeouts impatient =
                Timeouts.DEFAULTS.withFirstToken(Duration.ofMillis(200)).withHeaders(Duration.ofMillis(200));
        sandbox.perplexity()
                .script(
                        "key-1",
                        Reply.ok().firstTokenAfter(Duration.ofMillis(800)).commentsEvery(Duration.ofMillis(50)));
        try (Gateway hasty =
                        gateway(FailoverPolicy.builder().timeouts(impatient).build());
                ChatStream stream = hasty.stream(ChatRequest.of("perplexity/sonar-deep-research", "Hi"))) {
            assertThat(assembled(stream).text()).isEqualTo("You said: Hi");
        }
    }

    @Test
    void takes_the_next_key_when_one_is_wrong_has_no_credits_or_is_limited() {
        sandbox.perplexity()
                .script("key-1", Reply.htmlError(401))
                .script("key-2", Reply.outOfCredit())
                .script("key-3", Reply.rateLimited())
                .script("key-4", Reply.ok());
        try (Gateway several = gateway(FailoverPolicy.DEFAULTS, "key-1,key-2,key-3,key-4")) {
            ChatResponse response = several.chat("perplexity/sonar", "Hi");

            assertThat(response.text()).isEqualTo("You said: Hi");
            assertThat(response.trace().attempts())
                    .extracting(Attempt::failure)
                    .containsExactly(
                            FailureKind.CREDENTIAL_REJECTED,
                            FailureKind.CREDENTIAL_REJECTED,
                            FailureKind.RATE_LIMITED,
                            null);
        }
    }

    @Test
    void tells_the_caller_what_is_wrong_with_a_request() {
        Tool tool = Tool.function("f", "does", Map.of("type", "object"));

        assertThatThrownBy(() -> gateway.chat(ChatRequest.builder()
                        .model("sonar")
                        .user("Hi")
                        .tools(List.of(tool))
                        .build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("tools");
        sandbox.perplexity().script("key-1", Reply.contextTooLong());
        assertThatThrownBy(() -> gateway.chat("sonar", "Hi")).isInstanceOf(ContextTooLongException.class);
    }

    private Gateway gateway(FailoverPolicy policy) {
        return gateway(policy, "key-1");
    }

    private Gateway gateway(FailoverPolicy policy, String keys) {
        Map<String, String> settings = new LinkedHashMap<>(sandbox.settings());
        settings.put("PERPLEXITY_API_KEY", keys);
        return Gateway.builder().settings(settings).policy(policy).build();
    }

    private ChatResponse ask(ChatRequest.Builder request, boolean stream) {
        if (!stream) {
            return gateway.chat(request.build());
        }
        try (ChatStream events = gateway.stream(request.build())) {
            return assembled(events);
        }
    }

    private static ChatResponse assembled(ChatStream stream) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        for (ChatEvent event : stream) {
            assembler.accept(event);
        }
        return assembler.response();
    }
}
