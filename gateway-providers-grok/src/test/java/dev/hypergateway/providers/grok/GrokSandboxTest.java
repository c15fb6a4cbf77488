package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Timeouts;
import dev.hypergateway.transport.UpstreamClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider against a server that knows xAI's rules. */
class GrokSandboxTest {
    private static final String KEY = "xai-sandbox-0123456789";

    private final GrokProvider provider = new GrokProvider();
    private final VendorSandbox sandbox = VendorSandbox.start();
    private final UpstreamClient client = UpstreamClient.builder().build();
    private final Cancellation cancellation = new Cancellation();

    @AfterEach
    void stop() {
        client.close();
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answers_with_text(boolean stream) {
        ChatResponse response = ask(request("[[words:60]]").build(), stream);

        assertThat(response.text().split(" "))
                .isEqualTo(
                        IntStream.rangeClosed(1, 60).mapToObj(i -> "word" + i).toArray(String[]::new));
        assertThat(response.finishReason()).contains(FinishReason.STOP);
        assertThat(response.usage()).isPresent();
        assertThat(sandbox.xai().lastRequest().key()).contains(KEY);
        assertThat(sandbox.xai().lastRequest().model()).contains("grok-4.3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void calls_a_tool(boolean stream) {
        ChatRequest request = request("[[tool:weather]] {\"city\":\"Berlin\"}")
                .tools(List.of(Tool.function("weather", "The weather", Map.of("type", "object"))))
                .build();

        ChatResponse response = ask(request, stream);

        assertThat(response.finishReason()).contains(FinishReason.TOOL_CALLS);
        assertThat(response.choices().get(0).message().toolCalls())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.name()).isEqualTo("weather");
                    assertThat(call.arguments()).isEqualTo("{\"city\":\"Berlin\"}");
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thinks_before_it_answers(boolean stream) {
        ChatResponse response =
                ask(request("[[think]] why?").reasoningEffort("high").build(), stream);

        assertThat(response.choices().get(0).message().reasoning()).isNotBlank();
        assertThat(response.usage().orElseThrow()).satisfies(usage -> {
            assertThat(usage.reasoningTokens().orElseThrow()).isPositive();
            assertThat(usage.completionTokens())
                    .isGreaterThan(usage.reasoningTokens().getAsLong());
            assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
        });
    }

    @Test
    void classifies_what_the_vendor_refuses() {
        Map<Reply, FailureKind> meanings = Map.ofEntries(
                Map.entry(Reply.invalidKey(), FailureKind.CREDENTIAL_REJECTED),
                Map.entry(Reply.missingKey(), FailureKind.CREDENTIAL_REJECTED),
                Map.entry(Reply.forbidden(), FailureKind.CREDENTIAL_REJECTED),
                Map.entry(Reply.locationNotSupported(), FailureKind.MODEL_UNAVAILABLE),
                Map.entry(Reply.rateLimited(), FailureKind.RATE_LIMITED),
                Map.entry(Reply.overCapacity(), FailureKind.RATE_LIMITED),
                Map.entry(Reply.outOfCredit(), FailureKind.QUOTA_EXHAUSTED),
                Map.entry(Reply.noCreditYet(), FailureKind.QUOTA_EXHAUSTED),
                Map.entry(Reply.modelNotFound(), FailureKind.MODEL_UNAVAILABLE),
                Map.entry(Reply.contextTooLong(), FailureKind.CONTEXT_TOO_LONG),
                Map.entry(Reply.contentFiltered(), FailureKind.CONTENT_REJECTED),
                Map.entry(Reply.badRequest("wrong"), FailureKind.INVALID_REQUEST),
                Map.entry(Reply.serverError(), FailureKind.UNAVAILABLE),
                Map.entry(Reply.overloaded(), FailureKind.UNAVAILABLE),
                Map.entry(Reply.htmlError(502), FailureKind.UNAVAILABLE),
                Map.entry(Reply.jsonErrorWith200(), FailureKind.UNAVAILABLE),
                Map.entry(Reply.truncatedBody(), FailureKind.UNAVAILABLE),
                Map.entry(Reply.resetBeforeHeaders(), FailureKind.UNAVAILABLE));
        meanings.forEach((reply, kind) -> {
            for (boolean stream : new boolean[] {false, true}) {
                sandbox.xai().reset().script(KEY, reply);
                assertThat(failureOf(() -> ask(request("Hi").build(), stream)))
                        .as("%s, stream %s", reply, stream)
                        .isEqualTo(kind);
                assertThat(sandbox.xai().attempts(KEY)).isEqualTo(1);
            }
        });
    }

    @Test
    void tells_a_cut_stream_from_a_complete_one() {
        Map<Reply, FailureKind> faults = Map.of(
                Reply.ok().cutAfter(5), FailureKind.INTERRUPTED,
                Reply.ok().resetAfter(5), FailureKind.INTERRUPTED,
                Reply.ok().withoutFinish(), FailureKind.INTERRUPTED,
                Reply.ok().emptyStream(), FailureKind.UNAVAILABLE);
        faults.forEach((reply, kind) -> {
            sandbox.xai().reset().script(KEY, reply);
            assertThat(failureOf(() -> ask(request("[[words:20]]").build(), true)))
                    .as("%s", reply)
                    .isEqualTo(kind);
        });
        for (Reply reply : List.of(Reply.ok().withoutDone(), Reply.ok().malformedEventAt(3))) {
            sandbox.xai().reset().script(KEY, reply);
            assertThat(ask(request("[[words:20]]").build(), true).finishReason())
                    .as("%s", reply)
                    .contains(FinishReason.STOP);
        }
    }

    @Test
    void can_be_cancelled_before_the_first_byte() {
        sandbox.xai().script(KEY, Reply.hang());
        CompletableFuture<FailureKind> failure = CompletableFuture.supplyAsync(
                () -> failureOf(() -> ask(request("Hi").build(), true)));
        assertThat(sandbox.xai().awaitRequests(1, Duration.ofSeconds(20))).isTrue();

        cancellation.cancel();

        assertThat(failure.join()).isEqualTo(FailureKind.CANCELLED);
        assertThat(sandbox.xai().awaitAbort(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void lists_the_models_of_the_server_and_those_that_draw() {
        sandbox.xai().models("grok-4.3", "grok-3-mini");

        List<Model> models = provider.listModels(call());

        assertThat(models)
                .filteredOn(model -> model.capabilities().contains(Capability.IMAGE_GENERATION))
                .extracting(Model::id)
                .contains("grok-imagine-image", "grok-imagine-image-2.0");
        assertThat(models.stream()
                        .filter(model -> model.capabilities().isEmpty())
                        .map(model -> model.id() + " " + model.contextWindow())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("grok-4.3 1000000", "grok-3-mini 131072");
    }

    private ChatResponse ask(ChatRequest request, boolean stream) {
        ProviderCall call = call();
        if (!stream) {
            return provider.chat(request, call);
        }
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        try (ProviderStream events = provider.stream(request, call)) {
            for (ChatEvent event = events.next(); event != null; event = events.next()) {
                assembler.accept(event);
                if (event.isContent()) {
                    call.control().markContent();
                }
            }
        }
        return assembler.response();
    }

    private ProviderCall call() {
        Credential credential = new Credential(KeySource.ENVIRONMENT, null, "test", 0, Secret.of(KEY), Map.of());
        AttemptControl control = new AttemptControl(Timeouts.DEFAULTS, Timeouts.DEFAULTS.total(), cancellation);
        return new ProviderCall("grok-4.3", credential, sandbox.xai().baseUri(), client, control, Map.of());
    }

    private static ChatRequest.Builder request(String prompt) {
        return ChatRequest.builder().model("x-ai/grok-4.3").user(prompt);
    }

    private static FailureKind failureOf(Runnable call) {
        ProviderException e = catchThrowableOfType(ProviderException.class, call::run);
        assertThat(e).as("the failure of a call").isNotNull();
        return e.failure().kind();
    }
}
