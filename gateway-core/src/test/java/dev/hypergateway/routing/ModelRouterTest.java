package dev.hypergateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderStream;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRouterTest {
    private static final List<ChatProvider> PROVIDERS = List.of(
            new Vendor("google", List.of("google", "gemini"), List.of("gemini"), "gemini-2.5-flash", "learnlm"),
            new Vendor("xai", List.of("x-ai", "xai", "grok"), List.of("grok"), "grok-4", "aurora"),
            new Vendor("gigachat", List.of("sber", "gigachat"), List.of("gigachat"), "GigaChat-2-Pro", "giga"));

    private final ModelRouter router = new ModelRouter(
            PROVIDERS,
            ModelCatalog.of(PROVIDERS),
            List.of(new Route("smart", List.of("x-ai/grok-4", "google/gemini-2.5-flash"))));

    @ParameterizedTest
    @CsvSource({
        "google/gemini-2.5-flash, google, gemini-2.5-flash",
        "gemini/gemini-2.5-flash, google, gemini-2.5-flash",
        "x-ai/grok-4, xai, grok-4",
        "xai/grok-4, xai, grok-4",
        "grok/grok-4, xai, grok-4",
        "X-AI/Grok-4, xai, Grok-4",
        "sber/GigaChat-2-Pro, gigachat, GigaChat-2-Pro",
        "google/grok-like, google, grok-like",
        "google/publisher/model, google, publisher/model",
        "gemini-2.5-flash, google, gemini-2.5-flash",
        "gigachat-2-pro, gigachat, GigaChat-2-Pro",
        "aurora, xai, aurora",
        "learnlm, google, learnlm",
        "gemini-9-ultra, google, gemini-9-ultra",
        "my-GROK-tune, xai, my-GROK-tune",
        "models/gemini-2.5-flash, google, models/gemini-2.5-flash"
    })
    void resolves_prefixes_then_the_catalogue_then_the_vendors_word(String name, String provider, String model) {
        assertThat(router.resolve(name)).singleElement().satisfies(target -> {
            assertThat(target.providerId()).isEqualTo(provider);
            assertThat(target.model()).isEqualTo(model);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "openai/gpt-4o", "openai/gemini-x", "google/", "/grok", "/", "models/llama"})
    void knows_what_it_does_not_know(String name) {
        assertThat(router.resolve(name)).isEmpty();
        assertThat(router.explainUnknown(name)).contains("google/…").contains("/v1/models");
    }

    @Test
    void a_route_is_an_ordered_list_of_targets() {
        assertThat(router.resolve("Smart")).extracting(Target::providerId).containsExactly("xai", "google");
    }

    private record Vendor(ProviderDescriptor descriptor, List<Model> models) implements ChatProvider {
        Vendor(String id, List<String> prefixes, List<String> hints, String model, String alias) {
            this(
                    new ProviderDescriptor(id, id, prefixes, hints, URI.create("https://x.example"), "B", "K", "H"),
                    List.of(new Model(model, id, null, null, null, List.of(alias))));
        }

        @Override
        public ChatResponse chat(ChatRequest request, ProviderCall call) {
            throw new AssertionError("a router does not call");
        }

        @Override
        public ProviderStream stream(ChatRequest request, ProviderCall call) {
            throw new AssertionError("a router does not call");
        }
    }
}
