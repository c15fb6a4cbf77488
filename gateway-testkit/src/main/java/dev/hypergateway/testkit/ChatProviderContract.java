package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.provider.Secret;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ChatProvider} has to do, as tests. The author of a provider extends this class and says which provider it is
 * and which server plays its vendor:
 *
 * <pre>{@code
 * class GrokContractTest extends ChatProviderContract {
 *     @Override
 *     protected ChatProvider provider() {
 *         return new GrokProvider();
 *     }
 *
 *     @Override
 *     protected ContractVendor vendor() {
 *         return new SandboxVendor(VendorSandbox::xai);
 *     }
 *
 *     @Override
 *     protected String model() {
 *         return "grok-4.3";
 *     }
 * }
 * }</pre>
 *
 * <p>Needs JUnit Jupiter and AssertJ, which users of the test kit bring along.
 */
public abstract class ChatProviderContract {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final List<String> WORDS = List.of("One", " small", " step", " for", " a", " provider.");

    private final UpstreamClient client = UpstreamClient.builder().build();
    private final Cancellation cancellation = new Cancellation();
    private ChatProvider provider;
    private ContractVendor vendor;
    private String model;

    /** For subclasses. */
    protected ChatProviderContract() {}

    /** The provider to test; asked for once in each test. */
    protected abstract ChatProvider provider();

    /** Who plays its vendor; asked for once in each test and closed after it. */
    protected abstract ContractVendor vendor();

    /** A model of the provider, as the vendor names it, that the vendor's server knows. */
    protected abstract String model();

    /** The key of all calls, where the vendor's keys have a form of their own. */
    protected Secret key() {
        return Secret.of("contract-key-0123456789abcdefghij");
    }

    @BeforeEach
    final void open() {
        provider = provider();
        vendor = vendor();
        model = model();
        vendor.accepts(key());
        vendor.answers(WORDS);
    }

    @AfterEach
    final void close() {
        client.close();
        vendor.close();
    }

    @Test
    void describes_itself_the_same_way_every_time() {
        ProviderDescriptor descriptor = provider.descriptor();

        assertThat(provider.descriptor()).isSameAs(descriptor);
        assertThat(descriptor.id()).matches("[a-z0-9][a-z0-9-]*");
        assertThat(descriptor.prefixes()).allMatch(prefix -> prefix.matches("[a-z0-9][a-z0-9-]*"));
        assertThat(descriptor.defaultBaseUri().isAbsolute()).isTrue();
        assertThat(descriptor.defaultBaseUri().toString()).doesNotEndWith("/");
        assertThat(provider.models()).extracting(Model::id).doesNotHaveDuplicates();
    }

    @Test
    void answers_with_the_text_of_the_vendor() {
        ChatResponse response = call().chat().response();

        assertThat(response.choices()).hasSize(1);
        assertThat(response.text()).isEqualTo(String.join("", WORDS));
        assertThat(response.finishReason()).contains(FinishReason.STOP);
        assertThat(response.id()).isNotBlank();
    }

    @Test
    void streams_the_same_answer_in_pieces_and_in_order() {
        ChatResponse whole = call().chat().response();
        ContractCall streamed = call().stream();

        assertThat(streamed.exception()).isNull();
        EventOrder.check(streamed.events());
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        streamed.events().forEach(assembler::accept);
        assertThat(assembler.response().text()).isEqualTo(whole.text());
        assertThat(assembler.response().finishReason()).isEqualTo(whole.finishReason());
        assertThat(assembler.response().usage()).isEqualTo(whole.usage());
        assertThat(assembler.response().choices().get(0).message().citations())
                .isEqualTo(whole.choices().get(0).message().citations());
        assertThat(streamed.events().stream().filter(ChatEvent.TextDelta.class::isInstance))
                .hasSizeGreaterThan(1);
    }

    @Test
    void counts_tokens_as_openai_does() {
        Usage usage = call().chat().response().usage().orElseThrow();

        assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
        assertThat(usage.completionTokens()).isPositive();
        assertThat(usage.reasoningTokens().orElse(0)).isBetween(0L, usage.completionTokens());
        assertThat(usage.cachedTokens().orElse(0)).isBetween(0L, usage.promptTokens());
    }

    @Test
    void tells_the_vendor_every_turn_in_order() {
        call(ContractRequests.ask(model)
                        .system("contract-instruction")
                        .assistant("contract-answer")
                        .user("contract-question-2")
                        .build())
                .chat()
                .response();

        String request = vendor.lastRequest();
        assertThat(request)
                .contains("contract-instruction")
                .containsSubsequence(ContractRequests.QUESTION, "contract-answer", "contract-question-2");
    }

    @TestFactory
    Stream<DynamicTest> classifies_the_vendors_errors_and_shows_no_key() {
        return vendor.errors().stream()
                .sorted()
                .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
                    vendor.refuses(kind);
                    for (ContractCall failed : List.of(call().chat(), call().stream())) {
                        assertThat(failed.failure().kind()).isEqualTo(kind);
                        assertThat(failed.failure().message()).isNotBlank();
                        assertThat(failed.failureText()).doesNotContain(key().reveal());
                    }
                }));
    }

    @Test
    @Timeout(60)
    void takes_an_answer_that_breaks_off_for_a_failure() {
        vendor.breaksOffAfter(0);
        ContractCall whole = call().chat();
        ContractCall early = call().stream();
        vendor.breaksOffAfter(3);
        ContractCall late = call().stream();

        assertThat(whole.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(early.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(late.failure().kind()).isEqualTo(FailureKind.INTERRUPTED);
        assertThat(late.events()).noneMatch(ChatEvent.Finish.class::isInstance);
        assertThat(whole.failureText() + early.failureText() + late.failureText())
                .doesNotContain(key().reveal());
    }

    @Test
    @Timeout(60)
    void gives_up_on_a_silent_vendor_when_a_limit_is_reached() {
        vendor.fallsSilentAfter(0, SHORT);
        ContractCall whole = call(control(SHORT, LONG)).chat();
        ContractCall early = call(control(SHORT, LONG)).stream();
        ContractCall late = call(control(LONG, SHORT)).chat();
        vendor.fallsSilentAfter(2, SHORT);
        Timeouts afterContent = new Timeouts(LONG, LONG, SHORT, LONG);
        ContractCall stalled = call(new AttemptControl(afterContent, LONG, cancellation)).stream();

        assertThat(List.of(whole, early, late)).allSatisfy(call -> {
            assertThat(call.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(call.failure().silent()).isTrue();
        });
        assertThat(stalled.failure().kind()).isEqualTo(FailureKind.INTERRUPTED);
    }

    @TestFactory
    @Timeout(60)
    Stream<DynamicTest> ends_a_call_that_is_cancelled_before_the_first_byte() {
        return Stream.of(true, false)
                .map(stream -> DynamicTest.dynamicTest(stream ? "stream" : "chat", () -> {
                    vendor.fallsSilentAfter(0, LONG);
                    Cancellation switchOff = new Cancellation();
                    ContractCall call = call(new AttemptControl(Timeouts.DEFAULTS, LONG, switchOff));
                    CompletableFuture<Void> cancelled = CompletableFuture.runAsync(() -> {
                        assertThat(vendor.awaitCall(LONG)).isTrue();
                        switchOff.cancel();
                    });

                    ContractCall ended = stream ? call.stream() : call.chat();

                    cancelled.join();
                    assertThat(ended.failure().kind()).isEqualTo(FailureKind.CANCELLED);
                    assertThat(vendor.awaitHangUp(LONG))
                            .as("the connection is closed")
                            .isTrue();
                }));
    }

    @Test
    @Timeout(60)
    void ends_a_stream_that_is_cancelled_in_the_middle() {
        vendor.fallsSilentAfter(3, LONG);

        ContractCall ended =
                call(new AttemptControl(Timeouts.DEFAULTS, LONG, cancellation)).stream(stream -> cancellation.cancel());

        assertThat(ended.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(vendor.awaitHangUp(LONG)).as("the connection is closed").isTrue();
    }

    @Test
    @Timeout(60)
    void hangs_up_when_a_stream_is_closed_in_the_middle() {
        vendor.fallsSilentAfter(3, LONG);
        ContractCall call = call();
        ProviderStream stream = provider.stream(call.request(), call.call());
        ChatEvent event = stream.next();
        while (event != null && !event.isContent()) {
            event = stream.next();
        }

        stream.close();
        stream.close();

        assertThat(event).isNotNull();
        assertThat(vendor.awaitHangUp(LONG)).as("the connection is closed").isTrue();
    }

    @TestFactory
    Stream<DynamicTest> passes_on_what_is_asked_or_refuses_it_by_name() {
        return ContractRequests.demands(model)
                .map(demand -> DynamicTest.dynamicTest(demand.field(), () -> {
                    vendor.answers(WORDS);
                    ContractCall call = call(demand.request()).chat();
                    ProviderException e = call.exception();

                    if (e != null && e.failure().httpStatus().isEmpty()) {
                        assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
                        assertThat(e.failure().param()).as("the field at fault").isPresent();
                        assertThat(vendor.awaitCall(Duration.ZERO))
                                .as("the vendor is asked")
                                .isFalse();
                    } else if (!demand.mayBeLeftOut() || !call.call().ignored().contains(demand.field())) {
                        assertThat(vendor.lastRequest()).containsPattern(demand.trace());
                    }
                }));
    }

    private ContractCall call() {
        return call(AttemptControl.withDefaults());
    }

    private ContractCall call(AttemptControl control) {
        return call(ContractRequests.ask(model).build(), control);
    }

    private ContractCall call(ChatRequest request) {
        return call(request, AttemptControl.withDefaults());
    }

    private ContractCall call(ChatRequest request, AttemptControl control) {
        Credential credential = new Credential(KeySource.STORED, "contract", "contract", 1, key(), Map.of());
        return new ContractCall(
                provider,
                request,
                new ProviderCall(model, credential, vendor.baseUri(), client, control, vendor.settings()));
    }

    private AttemptControl control(Duration limits, Duration deadline) {
        return new AttemptControl(new Timeouts(limits, limits, limits, LONG), deadline, cancellation);
    }
}
