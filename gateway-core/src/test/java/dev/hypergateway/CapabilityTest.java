package dev.hypergateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.failover.Explanation;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Modality;
import dev.hypergateway.provider.Model;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a model is known not to do is refused before anything is sent, or asked of another model of the route. */
class CapabilityTest {
    private final ScriptedProvider plain = new ScriptedProvider("plain")
            .offering(
                    model("words", Set.of(Modality.TEXT), Set.of(Capability.PREFILL)),
                    model("painter", Set.of(Modality.TEXT), Set.of(Capability.IMAGE_GENERATION))
                            .withModalities(Set.of(Modality.TEXT), Set.of(Modality.IMAGE)),
                    new Model("vectors", "plain", null, null).withCapabilities(Set.of(Capability.EMBEDDINGS)),
                    new Model("unknown", "plain", null, null));
    private final ScriptedProvider able = new ScriptedProvider("able")
            .offering(
                    model("gone", Set.of(Modality.values()), Set.of(Capability.values()))
                            .withRetirement(LocalDate.of(2026, 1, 1)),
                    model("all", Set.of(Modality.values()), Set.of(Capability.values())),
                    model("eyes", Set.of(Modality.TEXT), Set.of(Capability.VISION)));
    private final Gateway gateway = Gateway.builder()
            .provider(plain)
            .provider(able)
            .settings(Map.of("PLAIN_API_KEY", "plain-key", "ABLE_API_KEY", "able-key"))
            .route("both", "plain/words", "able/all")
            .build();

    @AfterEach
    void close() {
        gateway.close();
    }

    @TestFactory
    List<DynamicTest> a_model_that_cannot_is_not_asked_and_the_field_is_named() {
        return List.of(
                refused("tools", "call tools", CapabilityTest::withTools),
                refused("response_format", "keep to a JSON schema", CapabilityTest::withSchema),
                refused("messages[0].content[1]", "understand pictures", CapabilityTest::withPicture),
                refused(
                        "messages[0].content[1]",
                        "understand sound",
                        with(new Part.Audio("UklGRg==", "wav", Map.of()))),
                refused("messages[0].content[1]", "understand pictures", with(file("data:image/png;base64,AA=="))),
                refused("messages[0].content[1]", "understand films", with(file("DATA:Video/mp4;base64,AA=="))),
                refused("messages[0].content[1]", "understand sound", with(file("data:audio/wav;base64,AA=="))),
                refused("messages[0].content[1]", "read documents", with(file("data:application/pdf;base64,AA=="))));
    }

    private DynamicTest refused(String field, String words, UnaryOperator<ChatRequest.Builder> change) {
        return DynamicTest.dynamicTest(words + " in " + field, () -> {
            ChatRequest request = request("plain/words", change);

            assertThatThrownBy(() -> gateway.chat(request)).isInstanceOfSatisfying(InvalidRequestException.class, e -> {
                assertThat(e.status()).isEqualTo(400);
                assertThat(e.param()).contains(field);
                assertThat(e)
                        .hasMessageStartingWith("The model words of Vendor plain cannot " + words + ". Leave '" + field
                                + "' out, or use a model that can, such as able/all");
            });
            assertThat(plain.attempts()).isEmpty();
            assertThat(gateway.chat(request.toBuilder().model("able/all").build())
                            .text())
                    .isEqualTo("ok");
        });
    }

    @Test
    void a_stream_is_refused_where_the_model_has_none() {
        ChatRequest request = ChatRequest.of("plain/words", "Hi");

        assertThat(gateway.chat(request).text()).isEqualTo("ok");
        assertThatThrownBy(() -> gateway.stream(request))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.param()).contains("stream"));
    }

    @Test
    void models_that_make_pictures_or_vectors_answer_no_chats() {
        for (String model : List.of("plain/painter", "vectors")) {
            assertThatThrownBy(() -> gateway.chat(model, "Hi"))
                    .isInstanceOfSatisfying(InvalidRequestException.class, e -> {
                        assertThat(e.param()).contains("model");
                        assertThat(e)
                                .hasMessageContaining(
                                        "cannot answer chats. Use a model that can, such as plain/words, able/all");
                    });
        }
    }

    @Test
    void what_is_not_known_is_for_the_vendor_to_say() {
        for (String model : List.of("plain/unknown", "plain/never-heard-of")) {
            assertThat(gateway.chat(request(model, CapabilityTest::withTools)).text())
                    .isEqualTo("ok");
            assertThat(gateway.chat(request(model, CapabilityTest::withPicture)).text())
                    .isEqualTo("ok");
            assertThat(gateway.stream(request(model, CapabilityTest::withSchema))
                            .text())
                    .isEqualTo("ok");
        }
        assertThat(gateway.chat(request("able/eyes", CapabilityTest::withPicture))
                        .text())
                .isEqualTo("ok");
        assertThat(gateway.chat(request("plain/words", with(new Part.File("file-1", null, null, Map.of()))))
                        .text())
                .isEqualTo("ok");
    }

    @Test
    void tools_that_must_not_be_called_ask_for_nothing() {
        ChatRequest request =
                request("plain/words", builder -> withTools(builder).toolChoice(ToolChoice.NONE));

        assertThat(gateway.chat(request).text()).isEqualTo("ok");
    }

    @Test
    void in_a_route_and_with_fallbacks_the_models_that_can_are_asked() {
        assertThat(gateway.chat(request("both", CapabilityTest::withTools)).model())
                .isEqualTo("able/all");
        assertThat(gateway.stream(request(
                                "plain/words", builder -> withPicture(builder).fallbacks(List.of("able/all"))))
                        .response()
                        .model())
                .isEqualTo("able/all");
        assertThat(plain.attempts()).isEmpty();
        assertThat(gateway.chat(request("both", builder -> builder)).model()).isEqualTo("plain/words");
    }

    @Test
    void the_explanation_says_which_models_cannot_and_why() {
        Explanation explanation = gateway.explain(request("both", CapabilityTest::withPicture));

        assertThat(explanation.targets().get(0).unable())
                .isEqualTo("the model cannot understand pictures, which 'messages[0].content[1]' asks for");
        assertThat(explanation.targets().get(1).unable()).isNull();
        assertThat(explanation.servingTarget())
                .hasValueSatisfying(target -> assertThat(target.model()).isEqualTo("all"));
        assertThat(gateway.explain(request("plain/words", CapabilityTest::withPicture))
                        .servingKey())
                .isEmpty();
    }

    @Test
    void what_a_vendor_has_no_word_for_is_asked_of_the_next_one() {
        plain.on(
                "*",
                ScriptedProvider.fail(Failure.builder(FailureKind.INVALID_REQUEST, "no seed here")
                        .param("seed")
                        .build()));

        assertThat(gateway.chat(request("both", builder -> builder.seed(1L))).model())
                .isEqualTo("able/all");
        assertThatThrownBy(() -> gateway.chat(request("plain/words", builder -> builder.seed(1L))))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.param()).contains("seed"));
    }

    @Test
    void what_the_last_model_has_no_word_for_does_not_hide_that_one_before_it_will_be_back() {
        plain.on("*", ScriptedProvider.fail(FailureKind.UNAVAILABLE, 503));
        able.on("*", ScriptedProvider.fail(Failure.of(FailureKind.INVALID_REQUEST, "no seed here")));

        assertThatThrownBy(() -> gateway.chat(request("both", builder -> builder.seed(1L))))
                .isInstanceOfSatisfying(AllKeysFailedException.class, e -> {
                    assertThat(e.status()).isEqualTo(503);
                    assertThat(e).hasMessageContaining("scripted UNAVAILABLE");
                    assertThat(e.attempts())
                            .extracting(Attempt::failure)
                            .endsWith(FailureKind.UNAVAILABLE, FailureKind.INVALID_REQUEST);
                });
    }

    @Test
    void what_a_vendor_itself_calls_wrong_is_not_asked_again() {
        plain.on("*", ScriptedProvider.fail(FailureKind.INVALID_REQUEST, 400));

        assertThatThrownBy(() -> gateway.chat(request("both", builder -> builder)))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(able.attempts()).isEmpty();
    }

    private static ChatRequest request(String model, UnaryOperator<ChatRequest.Builder> change) {
        return change.apply(ChatRequest.builder().model(model).user("Hi")).build();
    }

    private static ChatRequest.Builder withTools(ChatRequest.Builder request) {
        return request.tools(List.of(Tool.function("weather", "The weather", Map.of("type", "object"))));
    }

    private static ChatRequest.Builder withSchema(ChatRequest.Builder request) {
        return request.responseFormat(ResponseFormat.jsonSchema("answer", Map.of("type", "object")));
    }

    private static ChatRequest.Builder withPicture(ChatRequest.Builder request) {
        return with(Part.image("https://example.com/a.png")).apply(request);
    }

    private static UnaryOperator<ChatRequest.Builder> with(Part part) {
        return request -> request.messages(List.of(Message.user(Part.text("Look:"), part)));
    }

    private static Part file(String data) {
        return new Part.File(null, data, "x", Map.of());
    }

    private static Model model(String name, Set<Modality> reads, Set<Capability> can) {
        return new Model(name, "someone", null, null)
                .withModalities(reads, Set.of(Modality.TEXT))
                .withCapabilities(can);
    }
}
