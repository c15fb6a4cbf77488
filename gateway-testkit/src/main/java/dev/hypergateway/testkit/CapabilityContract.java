package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Timeouts;
import dev.hypergateway.transport.UpstreamClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What holds for every capability of a provider beside chats, as tests; extend the contract of the capability. */
public abstract sealed class CapabilityContract permits EmbeddingProviderContract, ImageProviderContract {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final UpstreamClient client = UpstreamClient.builder().build();
    private ChatProvider provider;
    private ContractVendor vendor;
    private String model;

    CapabilityContract() {}

    /** The provider to test; asked for once in each test. */
    protected abstract ChatProvider provider();

    /** Who plays its vendor; asked for once in each test and closed after it. */
    protected abstract ContractVendor vendor();

    /** A model of the provider that can, as the vendor names it, that provider and server know. */
    protected abstract String model();

    /** The key of all calls, where the vendor's keys have a form of their own. */
    protected Secret key() {
        return Secret.of("contract-key-0123456789abcdefghij");
    }

    abstract Capability capability();

    /** Whether the provider has the capability at all. */
    abstract boolean isOffered(ChatProvider by);

    /** Makes a call with a simple request. */
    abstract void ask(ProviderCall call);

    @BeforeEach
    final void open() {
        provider = provider();
        vendor = vendor();
        model = model();
        vendor.accepts(key());
    }

    @AfterEach
    final void close() {
        client.close();
        vendor.close();
    }

    @Test
    void says_that_it_can() {
        assertThat(isOffered(provider)).isTrue();
        assertThat(provider.models())
                .filteredOn(known -> known.id().equals(model))
                .singleElement()
                .extracting(Model::capabilities)
                .asInstanceOf(InstanceOfAssertFactories.COLLECTION)
                .contains(capability());
    }

    @TestFactory
    Stream<DynamicTest> classifies_the_vendors_errors_and_shows_no_key() {
        return vendor.errors().stream()
                .sorted()
                .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
                    vendor.refuses(kind);

                    ProviderException e = exception(call());

                    assertThat(e.failure().kind()).isEqualTo(kind);
                    assertThat(e.failure().message()).isNotBlank();
                    assertThat(text(e)).doesNotContain(key().reveal());
                }));
    }

    @Test
    @Timeout(60)
    void takes_an_answer_that_breaks_off_for_a_failure() {
        vendor.breaksOffAfter(0);

        assertThat(failure(call()).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    @Timeout(60)
    void gives_up_on_a_silent_vendor_when_a_limit_is_reached() {
        vendor.fallsSilentAfter(0, SHORT);

        Failure limited =
                failure(call(new AttemptControl(new Timeouts(SHORT, SHORT, SHORT, LONG), LONG, new Cancellation())));
        Failure late =
                failure(call(new AttemptControl(new Timeouts(LONG, LONG, LONG, LONG), SHORT, new Cancellation())));

        assertThat(List.of(limited, late)).allSatisfy(failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(failure.silent()).isTrue();
        });
    }

    @Test
    @Timeout(60)
    void ends_a_call_that_is_cancelled() {
        vendor.fallsSilentAfter(0, LONG);
        Cancellation switchOff = new Cancellation();
        CompletableFuture<Void> cancelled = CompletableFuture.runAsync(() -> {
            assertThat(vendor.awaitCall(LONG)).isTrue();
            switchOff.cancel();
        });

        Failure failure = failure(call(new AttemptControl(Timeouts.DEFAULTS, LONG, switchOff)));

        cancelled.join();
        assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(vendor.awaitHangUp(LONG)).as("the connection is closed").isTrue();
    }

    final ChatProvider tested() {
        return provider;
    }

    final String modelAsked() {
        return model;
    }

    final ContractVendor server() {
        return vendor;
    }

    final ProviderCall call() {
        return call(AttemptControl.withDefaults());
    }

    private ProviderCall call(AttemptControl control) {
        Credential credential = new Credential(KeySource.STORED, "contract", "contract", 1, key(), Map.of());
        return new ProviderCall(model, credential, vendor.baseUri(), client, control, vendor.settings());
    }

    private Failure failure(ProviderCall call) {
        return exception(call).failure();
    }

    private ProviderException exception(ProviderCall call) {
        ProviderException e = catchThrowableOfType(ProviderException.class, () -> ask(call));
        assertThat(e).as("what came of the call").isNotNull();
        return e;
    }

    private static String text(Exception e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
