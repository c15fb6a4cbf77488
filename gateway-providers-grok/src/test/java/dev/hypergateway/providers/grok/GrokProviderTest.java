package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.openai.ChatResponseWriter;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.recordings.Recordings;
import dev.hypergateway.trace.FailureKind;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrokProviderTest {
    private final GrokProvider provider = new GrokProvider();

    @Test
    void is_addressed_and_configured_as_operators_know_it() {
        ProviderDescriptor descriptor = provider.descriptor();

        assertThat(descriptor.id()).isEqualTo("xai");
        assertThat(descriptor.displayName()).isEqualTo("X.AI (Grok)");
        assertThat(descriptor.prefixes()).containsExactly("x-ai", "xai", "grok");
        assertThat(descriptor.nameHints()).containsExactly("grok");
        assertThat(descriptor.defaultBaseUri()).isEqualTo(URI.create("https://api.x.ai/v1"));
        assertThat(descriptor.baseUriSetting()).isEqualTo("XAI_API_BASE_URL");
        assertThat(descriptor.keySetting()).isEqualTo("XAI_API_KEY");
        assertThat(descriptor.keyHeader()).isEqualTo("X-xAI-API-Key");
    }

    @Test
    void is_found_by_itself_on_the_class_path_and_on_the_module_path() throws IOException, URISyntaxException {
        Path classes = Path.of(GrokProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor module =
                ModuleFinder.of(classes).findAll().iterator().next().descriptor();
        String listed = new String(
                GrokProvider.class
                        .getResourceAsStream("/META-INF/services/" + ChatProvider.class.getName())
                        .readAllBytes(),
                StandardCharsets.UTF_8);

        assertThat(ServiceLoader.load(ChatProvider.class)).hasAtLeastOneElementOfType(GrokProvider.class);
        assertThat(module.provides()).singleElement().satisfies(provides -> {
            assertThat(provides.service()).isEqualTo(ChatProvider.class.getName());
            assertThat(provides.providers()).isEqualTo(listed.lines().toList());
        });
    }

    @Test
    void knows_its_models_without_asking() {
        List<Model> models = provider.models();

        assertThat(models).extracting(Model::id).doesNotHaveDuplicates().contains("grok-4.3", "grok-3-mini");
        assertThat(models).extracting(Model::ownedBy).containsOnly("xai");
        assertThat(models)
                .filteredOn(model -> model.id().equals("grok-2-1212"))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.created()).isEqualTo(Instant.ofEpochSecond(1710000000));
                    assertThat(model.contextWindow()).isEqualTo(131072);
                    assertThat(model.aliases()).containsExactly("grok-2", "grok-2-latest");
                });
        List<String> aliases =
                models.stream().flatMap(model -> model.aliases().stream()).toList();
        assertThat(aliases)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(models.stream().map(Model::id).toList());
    }

    @Test
    void keeps_the_eight_models_of_the_original_service() {
        assertThat(provider.models())
                .extracting(Model::id)
                .contains(
                        "grok-beta",
                        "grok-vision-beta",
                        "grok-2-1212",
                        "grok-2-vision-1212",
                        "grok-3-beta",
                        "grok-3-fast-beta",
                        "grok-3-mini-beta",
                        "grok-3-mini-fast-beta");
    }

    @Test
    void counts_reasoning_into_the_completion_unless_the_vendor_has_done_so() {
        Usage beside = Usage.builder()
                .promptTokens(137)
                .completionTokens(1)
                .totalTokens(254)
                .cachedTokens(128L)
                .reasoningTokens(116L)
                .extra(Map.of("cost_in_usd_ticks", 3293500))
                .build();
        Usage within = Usage.builder()
                .promptTokens(137)
                .completionTokens(117)
                .totalTokens(254)
                .reasoningTokens(116L)
                .build();

        assertThat(provider.convert(beside))
                .isEqualTo(Usage.builder()
                        .promptTokens(137)
                        .completionTokens(117)
                        .totalTokens(254)
                        .cachedTokens(128L)
                        .reasoningTokens(116L)
                        .extra(Map.of("cost_in_usd_ticks", 3293500))
                        .build());
        assertThat(provider.convert(within)).isEqualTo(within);
    }

    @Test
    void sends_empty_text_where_a_turn_only_calls_tools() {
        ChatRequest request = ChatRequest.builder()
                .model("x-ai/grok-4.3")
                .user("Hi")
                .message(Message.Assistant.builder()
                        .toolCalls(List.of(new ToolCall("c", "f", "{}")))
                        .reasoning("hm")
                        .extra(Map.of("x", 1))
                        .build())
                .message(Message.toolResult("c", "42"))
                .build();
        try (LoopbackXai vendor = LoopbackXai.answering(500, "text/plain", "")) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> provider.chat(request, vendor.call("grok-4.3")));

            assertThat(vendor.asked().get(0).body())
                    .contains(
                            "{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":\"hm\",\"tool_calls\":[{\"id\":\"c\","
                                    + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}],\"x\":1}");
        }
    }

    @Test
    void passes_on_the_token_limit_under_the_name_that_the_caller_used() {
        try (LoopbackXai vendor = LoopbackXai.answering(500, "text/plain", "")) {
            ChatRequest old = ChatRequest.of("x-ai/grok-4.3", "Hi").toBuilder()
                    .maxTokens(5)
                    .build();
            ChatRequest young = ChatRequest.of("x-ai/grok-4.3", "Hi").toBuilder()
                    .maxCompletionTokens(5)
                    .build();
            for (ChatRequest request : List.of(old, young)) {
                assertThatExceptionOfType(ProviderException.class)
                        .isThrownBy(() -> provider.chat(request, vendor.call("grok-4.3")));
            }

            assertThat(vendor.asked().get(0).body())
                    .contains("\"max_tokens\":5")
                    .doesNotContain("max_completion_tokens");
            assertThat(vendor.asked().get(1).body())
                    .contains("\"max_completion_tokens\":5")
                    .doesNotContain("max_tokens");
        }
    }

    @Test
    void passes_on_the_wish_for_an_answer_later_and_gives_back_its_id() {
        ChatRequest request =
                LoopbackXai.QUESTION.toBuilder().extra(Map.of("deferred", true)).build();
        try (LoopbackXai vendor = LoopbackXai.answering(200, "application/json", "{\"request_id\":\"f15c114e\"}")) {
            ChatResponse response = provider.chat(request, vendor.call());

            assertThat(vendor.asked().get(0).json().get("deferred").asBoolean()).isTrue();
            assertThat(response.id()).isEqualTo("f15c114e");
            assertThat(response.choices()).isEmpty();
            assertThat(response.extra()).containsEntry("request_id", "f15c114e");
            assertThat(new String(ChatResponseWriter.write(response), StandardCharsets.UTF_8))
                    .contains("\"choices\":[],\"request_id\":\"f15c114e\"");
        }
    }

    @Test
    void takes_an_id_for_an_answer_only_when_a_later_answer_was_asked_for() {
        String id = "{\"request_id\":\"f15c114e\"}";
        ChatRequest later =
                LoopbackXai.QUESTION.toBuilder().extra(Map.of("deferred", true)).build();
        try (LoopbackXai vendor = LoopbackXai.answering(200, "application/json", id)) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> provider.chat(LoopbackXai.QUESTION, vendor.call()))
                    .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE));
        }
        try (LoopbackXai vendor =
                LoopbackXai.answering(200, "application/json", "{\"code\":\"invalid-argument\",\"error\":\"no\"}")) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> provider.chat(later, vendor.call()))
                    .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST));
        }
    }

    @Test
    void refuses_what_xai_cannot_do_and_names_the_field() {
        List<Map<String, Object>> wishes = List.of(
                Map.of("deferred", true),
                Map.of("modalities", List.of("text", "audio")),
                Map.of("audio", Map.of("voice", "alloy")));
        try (LoopbackXai vendor = new LoopbackXai()) {
            for (Map<String, Object> wish : wishes) {
                ChatRequest request =
                        LoopbackXai.QUESTION.toBuilder().extra(wish).build();
                assertThatExceptionOfType(ProviderException.class)
                        .isThrownBy(() -> provider.stream(request, vendor.call()))
                        .satisfies(e -> {
                            assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
                            assertThat(e.failure().param())
                                    .contains(wish.keySet().iterator().next());
                        });
            }
            assertThat(vendor.asked()).isEmpty();
        }
    }

    @Test
    void passes_on_how_to_search() {
        Map<String, Object> search = Map.of(
                "mode",
                "on",
                "return_citations",
                true,
                "sources",
                List.of(Map.of("type", "x", "x_handles", List.of("xai"))));
        ChatRequest request = LoopbackXai.QUESTION.toBuilder()
                .extra(Map.of("search_parameters", search))
                .build();
        try (LoopbackXai vendor = LoopbackXai.answering(500, "text/plain", "")) {
            assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> provider.chat(request, vendor.call()));

            JsonNode sent = vendor.asked().get(0).json().get("search_parameters");
            assertThat(sent.get("mode").asText()).isEqualTo("on");
            assertThat(sent.at("/sources/0/x_handles/0").asText()).isEqualTo("xai");
        }
    }

    @Test
    void turns_the_list_of_sources_into_citations() {
        String body = """
                {"id":"i","created":5,"model":"grok-4.3","choices":[{"index":0,"message":{"role":"assistant","content":"x"},
                 "finish_reason":"stop"}],"citations":["https://a.example"]}""";
        try (LoopbackXai vendor = LoopbackXai.answering(200, "application/json", body)) {
            ChatResponse response = provider.chat(LoopbackXai.QUESTION, vendor.call());

            assertThat(response.choices().get(0).message().citations())
                    .containsExactly(new Citation("https://a.example", null, null, null));
            assertThat(response.extra()).containsEntry("citations", List.of("https://a.example"));
        }
    }

    @Test
    void lists_the_models_of_the_recordings_that_speak_and_those_that_draw() {
        try (LoopbackXai vendor = listing()
                .at(
                        "/v1/image-generation-models",
                        Answer.of(Recordings.of("xai").get("image-generation-models-list-2025-09")))) {
            List<Model> models = provider.listModels(vendor.call());

            assertThat(models).hasSize(10);
            assertThat(models)
                    .contains(
                            new Model(
                                    "grok-4-0709",
                                    "xai",
                                    Instant.ofEpochSecond(1752019200),
                                    256000,
                                    null,
                                    List.of("grok-4", "grok-4-latest")),
                            new Model(
                                            "grok-2-image-1212",
                                            "xai",
                                            Instant.ofEpochSecond(1736726400),
                                            null,
                                            null,
                                            List.of("grok-2-image", "grok-2-image-latest"))
                                    .withCapabilities(Set.of(Capability.IMAGE_GENERATION)));
            assertThat(vendor.paths()).containsExactly("/v1/language-models", "/v1/image-generation-models");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void a_key_that_may_not_list_pictures_lists_the_rest(int status) {
        try (LoopbackXai vendor =
                listing().at("/v1/image-generation-models", status, "application/json", "{\"error\":\"no\"}")) {
            assertThat(provider.listModels(vendor.call())).hasSize(9);
        }
    }

    @Test
    void half_a_list_is_no_list() {
        try (LoopbackXai vendor =
                listing().at("/v1/image-generation-models", 503, "application/json", "{\"error\":\"later\"}")) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> provider.listModels(vendor.call()))
                    .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE));
        }
    }

    @Test
    void lists_all_models_where_there_is_no_list_of_language_models() {
        try (LoopbackXai vendor = new LoopbackXai()
                .at(
                        "/v1/models",
                        200,
                        "application/json",
                        Recordings.of("xai").get("models-list-2026-02").body())) {
            assertThat(provider.listModels(vendor.call()))
                    .extracting(Model::id)
                    .contains("grok-3-mini")
                    .hasSize(13);
            assertThat(vendor.paths()).containsExactly("/v1/language-models", "/v1/models");
        }
    }

    @Test
    void reports_a_wrong_key_when_asked_for_models() {
        try (LoopbackXai vendor = new LoopbackXai()
                .at(
                        "/v1/language-models",
                        400,
                        "application/json",
                        "{\"code\":\"c\",\"error\":\"Incorrect API key provided\"}")) {
            assertThatExceptionOfType(ProviderException.class)
                    .isThrownBy(() -> provider.listModels(vendor.call()))
                    .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.CREDENTIAL_REJECTED));
            assertThat(vendor.paths()).containsExactly("/v1/language-models");
        }
    }

    private static LoopbackXai listing() {
        return new LoopbackXai()
                .at("/v1/language-models", Answer.of(Recordings.of("xai").get("language-models-list-2025-09")));
    }
}
