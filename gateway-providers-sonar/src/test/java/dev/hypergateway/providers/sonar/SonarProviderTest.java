package dev.hypergateway.providers.sonar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.Timeouts;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SonarProviderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> SCHEMA = Map.of("type", "object", "properties", Map.of());

    private final SonarProvider provider = new SonarProvider();

    @Test
    void is_addressed_and_configured_as_operators_know_it() {
        ProviderDescriptor descriptor = provider.descriptor();

        assertThat(descriptor.id()).isEqualTo("perplexity");
        assertThat(descriptor.displayName()).isEqualTo("Perplexity (Sonar)");
        assertThat(descriptor.prefixes()).containsExactly("perplexity", "sonar");
        assertThat(descriptor.nameHints()).containsExactly("sonar", "r1-1776");
        assertThat(descriptor.defaultBaseUri()).isEqualTo(URI.create("https://api.perplexity.ai"));
        assertThat(descriptor.baseUriSetting()).isEqualTo("PERPLEXITY_API_BASE_URL");
        assertThat(descriptor.keySetting()).isEqualTo("PERPLEXITY_API_KEY");
        assertThat(descriptor.keyHeader()).isEqualTo("X-Perplexity-API-Key");
    }

    @Test
    void is_found_by_itself_on_the_class_path_and_on_the_module_path() throws IOException, URISyntaxException {
        Path classes = Path.of(SonarProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor module =
                ModuleFinder.of(classes).findAll().iterator().next().descriptor();
        String listed = new String(
                SonarProvider.class
                        .getResourceAsStream("/META-INF/services/" + ChatProvider.class.getName())
                        .readAllBytes(),
                StandardCharsets.UTF_8);

        assertThat(ServiceLoader.load(ChatProvider.class)).hasAtLeastOneElementOfType(SonarProvider.class);
        assertThat(module.provides()).singleElement().satisfies(provides -> {
            assertThat(provides.service()).isEqualTo(ChatProvider.class.getName());
            assertThat(provides.providers()).isEqualTo(listed.lines().toList());
        });
    }

    @Test
    void keeps_the_six_chat_models_of_the_original_service() {
        assertThat(provider.models())
                .filteredOn(model -> !model.capabilities().contains(Capability.EMBEDDINGS))
                .extracting(Model::id)
                .containsExactlyInAnyOrder(
                        "sonar",
                        "sonar-pro",
                        "sonar-reasoning",
                        "sonar-reasoning-pro",
                        "sonar-deep-research",
                        "r1-1776");
    }

    @Test
    void lists_its_models_to_keys_that_perplexity_accepts() {
        try (LoopbackPerplexity vendor = new LoopbackPerplexity()) {
            assertThat(provider.listModels(vendor.call())).isEqualTo(provider.models());
            vendor.at("/v1/models", 200, "application/json", "{\"data\":[{\"id\":\"openai/gpt-5.1\"}]}");
            assertThat(provider.listModels(vendor.call())).isEqualTo(provider.models());
            vendor.at("/v1/models", 401, "text/html", "<html><body>401 Authorization Required</body></html>");
            assertThatThrownBy(() -> provider.listModels(vendor.call()))
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.CREDENTIAL_REJECTED));
        }
    }

    @Test
    void gives_deep_research_time_and_leaves_other_models_alone() {
        Timeouts patient = Timeouts.DEFAULTS.withIdle(Duration.ofHours(1));

        assertThat(provider.timeouts("sonar-pro", patient)).isSameAs(patient);
        assertThat(provider.timeouts("sonar-deep-research", patient))
                .isEqualTo(new Timeouts(
                        Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofHours(1), patient.total()));
    }

    @Test
    void passes_search_parameters_on() {
        JsonNode asked = asked(request()
                .extra(Map.of(
                        "search_domain_filter",
                        List.of("nasa.gov", "-reddit.com"),
                        "search_recency_filter",
                        "week",
                        "web_search_options",
                        Map.of("search_context_size", "high"),
                        "return_images",
                        true))
                .n(2)
                .stop(List.of("end")));

        assertThat(asked.path("search_domain_filter").toString()).isEqualTo("[\"nasa.gov\",\"-reddit.com\"]");
        assertThat(asked.path("search_recency_filter").asText()).isEqualTo("week");
        assertThat(asked.at("/web_search_options/search_context_size").asText()).isEqualTo("high");
        assertThat(asked.path("return_images").asBoolean()).isTrue();
        assertThat(asked.path("n").asInt()).isEqualTo(2);
        assertThat(asked.path("stop").toString()).isEqualTo("[\"end\"]");
    }

    @Test
    void merges_neighbours_and_puts_instructions_first() {
        JsonNode messages = asked(ChatRequest.builder()
                        .model("m")
                        .user("one")
                        .message(Message.developer("be brief"))
                        .message(Message.user(Part.text("two"), Part.image("https://example.com/a.png")))
                        .assistant("three")
                        .assistant("four")
                        .system("be kind")
                        .user("five"))
                .get("messages");

        assertThat(messages.toString())
                .isEqualTo(
                        "[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"system\",\"content\":\"be kind\"},"
                                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"text\",\"text\":\"two\"},"
                                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}]},"
                                + "{\"role\":\"assistant\",\"content\":\"three\\n\\nfour\"},"
                                + "{\"role\":\"user\",\"content\":\"five\"}]");
    }

    @Test
    void keeps_thoughts_and_refusals_of_other_models_out_of_the_history() {
        JsonNode messages = asked(ChatRequest.builder()
                        .model("m")
                        .user("one")
                        .message(Message.Assistant.builder()
                                .text("two")
                                .reasoning("hm")
                                .build())
                        .user("three")
                        .message(Message.Assistant.builder().refusal("never").build())
                        .user("four"))
                .get("messages");

        assertThat(messages.get(1).toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"two\"}");
        assertThat(messages.get(3).toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"never\"}");
    }

    @Test
    void expresses_json_mode_through_a_schema_and_passes_other_formats_on() {
        JsonNode any =
                asked(request().responseFormat(ResponseFormat.JSON_OBJECT)).get("response_format");
        JsonNode exact = asked(request().responseFormat(ResponseFormat.jsonSchema("invoice", SCHEMA)))
                .get("response_format");
        Map<String, Object> regex = Map.of("type", "regex", "regex", Map.of("regex", "[a-z]+"));
        JsonNode pattern = asked(request().responseFormat(new ResponseFormat.Other("regex", regex)))
                .get("response_format");

        assertThat(any.path("type").asText()).isEqualTo("json_schema");
        assertThat(any.at("/json_schema/schema/type").asText()).isEqualTo("object");
        assertThat(exact.at("/json_schema/name").asText()).isEqualTo("invoice");
        assertThat(exact.at("/json_schema/strict").asBoolean()).isTrue();
        assertThat(pattern.at("/regex/regex").asText()).isEqualTo("[a-z]+");
    }

    @Test
    void names_limits_and_efforts_in_perplexitys_words() {
        JsonNode asked = asked(request().maxTokens(7).maxCompletionTokens(5).reasoningEffort("xhigh"));

        assertThat(asked.path("max_tokens").asInt()).isEqualTo(5);
        assertThat(asked.has("max_completion_tokens")).isFalse();
        assertThat(asked.path("reasoning_effort").asText()).isEqualTo("high");
        assertThat(asked(request().reasoningEffort("none"))
                        .path("reasoning_effort")
                        .asText())
                .isEqualTo("minimal");
    }

    @Test
    void sends_documents_as_plain_base64_with_their_name() {
        Part.File file = new Part.File(null, "data:application/pdf;base64,QUJD", "a.pdf", Map.of());

        JsonNode part = asked(ChatRequest.builder().model("m").message(Message.user(Part.text("What is this?"), file)))
                .at("/messages/0/content/1");

        assertThat(part.path("type").asText()).isEqualTo("file_url");
        assertThat(part.at("/file_url/url").asText()).isEqualTo("QUJD");
        assertThat(part.path("file_name").asText()).isEqualTo("a.pdf");
    }

    @Test
    void leaves_out_what_changes_nothing_and_says_so() {
        ChatRequest request = request()
                .seed(1L)
                .endUser("me")
                .promptCacheKey("k")
                .tools(List.of(Tool.function("f", "does", SCHEMA)))
                .toolChoice(new ToolChoice.Mode("none"))
                .build();
        try (LoopbackPerplexity vendor = LoopbackPerplexity.answering(500, "text/plain", "")) {
            ProviderCall call = vendor.call("sonar");
            assertThatThrownBy(() -> provider.chat(request, call)).isInstanceOf(ProviderException.class);

            assertThat(vendor.asked().get(0).body()).doesNotContain("seed", "user\":", "prompt_cache_key", "tools");
            assertThat(call.ignored()).containsExactlyInAnyOrder("seed", "user", "prompt_cache_key", "tools");
        }
    }

    @Test
    void refuses_what_perplexity_cannot_do_and_names_the_field() {
        assertThat(refused(request().tools(List.of(Tool.function("f", "does", SCHEMA)))))
                .isEqualTo("tools");
        assertThat(refused(request().extra(Map.of("functions", List.of())))).isEqualTo("functions");
        assertThat(refused(request().extra(Map.of("modalities", List.of("audio")))))
                .isEqualTo("modalities");
        assertThat(refused(request().extra(Map.of("audio", Map.of("voice", "alloy")))))
                .isEqualTo("audio");
        assertThat(refused(request().message(Message.toolResult("c", "42")))).isEqualTo("messages[1].role");
        assertThat(refused(request()
                        .message(Message.Assistant.builder()
                                .toolCalls(List.of(new ToolCall("c", "f", "{}")))
                                .build())))
                .isEqualTo("messages[1].tool_calls");
        assertThat(refused(ofPart(new Part.Audio("QUJD", "wav", Map.of()))))
                .isEqualTo("messages[0].content[0].input_audio");
        assertThat(refused(ofPart(new Part.File("file-1", null, null, Map.of()))))
                .isEqualTo("messages[0].content[0].file.file_id");
        assertThat(refused(ofPart(new Part.File(null, "data:text/plain,abc", null, Map.of()))))
                .isEqualTo("messages[0].content[0].file.file_data");
    }

    @Test
    void reads_sources_pictures_questions_and_the_bill() {
        ChatResponse response =
                answered("{\"id\":\"i\",\"model\":\"sonar\",\"created\":1780944481,\"usage\":{\"prompt_tokens\":33,"
                        + "\"completion_tokens\":7163,\"total_tokens\":7196,\"citation_tokens\":20016,\"num_search_queries\":21,"
                        + "\"reasoning_tokens\":193947,\"cost\":{\"total_cost\":0.8}},"
                        + "\"citations\":[\"https://a.example\",\"https://b.example\"],"
                        + "\"search_results\":[{\"title\":\"B\",\"url\":\"https://b.example\"},{\"title\":null,\"url\":\"https://a.example\"}],"
                        + "\"images\":[{\"image_url\":\"https://a.example/i.png\"}],\"related_questions\":[\"Why?\"],"
                        + "\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                        + "\"<think>\\nhm\\n</think>\\n\\nYes.[1][2]\"},\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                        + "\"finish_reason\":\"length\"}]}");

        Message.Assistant message = response.choices().get(0).message();
        assertThat(message.text()).isEqualTo("Yes.[1][2]");
        assertThat(message.reasoning()).isEqualTo("hm");
        assertThat(message.citations())
                .containsExactly(
                        new Citation("https://a.example", null, null, null),
                        new Citation("https://b.example", "B", null, null));
        assertThat(response.extra())
                .containsKeys("citations", "search_results")
                .containsEntry("images", List.of(Map.of("image_url", "https://a.example/i.png")))
                .containsEntry("related_questions", List.of("Why?"));
        assertThat(String.valueOf(response.finishReason().orElseThrow())).isEqualTo("length");
        Usage usage = response.usage().orElseThrow();
        assertThat(usage.completionTokens()).isEqualTo(7163 + 193947);
        assertThat(usage.totalTokens()).isEqualTo(7196 + 193947);
        assertThat(usage.reasoningTokens()).hasValue(193947);
        assertThat(usage.extra()).containsKeys("cost", "citation_tokens", "num_search_queries");
    }

    @Test
    void cites_search_results_where_there_are_no_citations() {
        String results = "\"search_results\":[{\"title\":\"A\",\"url\":\"https://a.example\"}],";
        Citation expected = new Citation("https://a.example", "A", null, null);

        assertThat(answered("{" + results
                                + "\"choices\":[{\"message\":{\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}]}")
                        .choices()
                        .get(0)
                        .message()
                        .citations())
                .containsExactly(expected);
        assertThat(streamed("data: {" + results + "\"choices\":[{\"delta\":{\"content\":\"Y\"}}]}\r\n\r\ndata: {"
                        + results + "\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"stop\"}]}\r\n\r\n"))
                .filteredOn(ChatEvent.Citations.class::isInstance)
                .containsExactly(new ChatEvent.Citations(0, List.of(expected)));
    }

    @Test
    void tells_thoughts_from_text_in_a_stream_with_pings() {
        List<ChatEvent> events =
                streamed(": ping - 2026-06-08 18:49:47.737080\r\n\r\n" + delta("<th") + delta("ink>\\nI ")
                        + ": ping - 2026-06-08 18:49:48.737080\r\n\r\n" + delta("see\\n</thi") + delta("nk>\\n\\nYes")
                        + delta(".")
                        + "data: {\"object\":\"chat.completion.done\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},"
                        + "\"finish_reason\":\"stop\"}]}\r\n\r\n");

        assertThat(events)
                .filteredOn(ChatEvent.ReasoningDelta.class::isInstance)
                .extracting(event -> ((ChatEvent.ReasoningDelta) event).text())
                .containsExactly("I", " see");
        assertThat(events)
                .filteredOn(ChatEvent.TextDelta.class::isInstance)
                .extracting(event -> ((ChatEvent.TextDelta) event).text())
                .containsExactly("Yes", ".");
    }

    @Test
    void gives_later_sources_once_and_with_their_titles() {
        List<ChatEvent> events = streamed(chunk("[\"https://a.example\"]", "[]")
                + chunk(
                        "[\"https://a.example\",\"https://b.example\"]",
                        "[{\"url\":\"https://b.example\",\"title\":\"B\"}]")
                + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\n");

        assertThat(events)
                .filteredOn(ChatEvent.Citations.class::isInstance)
                .containsExactly(
                        new ChatEvent.Citations(0, List.of(new Citation("https://a.example", null, null, null))),
                        new ChatEvent.Citations(0, List.of(new Citation("https://b.example", "B", null, null))));
    }

    @Test
    void a_stream_without_its_finish_is_a_failure() {
        assertThatThrownBy(() -> streamed(delta("Hi")))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE));
    }

    private static ChatRequest.Builder request() {
        return ChatRequest.builder().model("perplexity/sonar").user("Hi");
    }

    private static ChatRequest.Builder ofPart(Part part) {
        return ChatRequest.builder().model("perplexity/sonar").message(Message.user(part));
    }

    private static String delta(String text) {
        return "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                + "\"content\":\"" + text + "\"}}]}\r\n\r\n";
    }

    private static String chunk(String citations, String results) {
        return "data: {\"citations\":" + citations + ",\"search_results\":" + results
                + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}\r\n\r\n";
    }

    private JsonNode asked(ChatRequest.Builder request) {
        try (LoopbackPerplexity vendor = LoopbackPerplexity.answering(500, "text/plain", "")) {
            assertThatThrownBy(() -> provider.chat(request.build(), vendor.call("sonar")))
                    .isInstanceOf(ProviderException.class);
            return JSON.readTree(vendor.asked().get(0).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String refused(ChatRequest.Builder request) {
        List<String> fields = new ArrayList<>();
        try (LoopbackPerplexity vendor = new LoopbackPerplexity()) {
            assertThatThrownBy(() -> provider.stream(request.build(), vendor.call("sonar")))
                    .isInstanceOfSatisfying(ProviderException.class, e -> {
                        assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
                        assertThat(e.failure().message()).isNotBlank();
                        fields.add(e.failure().param().orElse("none"));
                    });
            assertThat(vendor.paths()).isEmpty();
        }
        return fields.get(0);
    }

    private ChatResponse answered(String body) {
        try (LoopbackPerplexity vendor = LoopbackPerplexity.answering(200, "application/json", body)) {
            return provider.chat(LoopbackPerplexity.QUESTION, vendor.call());
        }
    }

    private List<ChatEvent> streamed(String body) {
        List<ChatEvent> events = new ArrayList<>();
        try (LoopbackPerplexity vendor = LoopbackPerplexity.answering(200, "text/event-stream; charset=utf-8", body);
                ProviderStream stream = provider.stream(LoopbackPerplexity.QUESTION, vendor.call())) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
            }
        }
        return events;
    }
}
