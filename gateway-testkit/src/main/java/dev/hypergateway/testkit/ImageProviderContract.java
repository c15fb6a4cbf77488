package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every provider that makes pictures has to do, as tests; extended like the {@link ChatProviderContract}. Needs JUnit Jupiter
 * and AssertJ.
 */
public abstract non-sealed class ImageProviderContract extends CapabilityContract {
    private static final String PROMPT = "contract-picture";

    /** For subclasses. */
    protected ImageProviderContract() {}

    @Test
    void draws_a_picture_and_tells_the_vendor_the_prompt() {
        ImageResponse response = draw(request().build(), call());

        assertThat(response.images()).hasSize(1);
        assertThat(response.image().url().isPresent()
                        || response.image().bytes().isPresent())
                .as("there is a picture")
                .isTrue();
        assertThat(server().lastRequest()).contains(PROMPT);
    }

    /** Each form is what was asked for, or refused by name. */
    @TestFactory
    Stream<DynamicTest> hands_pictures_over_as_asked() {
        return Stream.of(ImageFormat.values())
                .map(format -> DynamicTest.dynamicTest(format.value(), () -> {
                    try {
                        ImageResponse response = draw(request().format(format).build(), call());

                        assertThat(response.image().url().isPresent()).isEqualTo(format == ImageFormat.URL);
                        assertThat(response.image().bytes().isPresent()).isEqualTo(format == ImageFormat.DATA);
                    } catch (ProviderException e) {
                        assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
                        assertThat(e.failure().param()).contains("response_format");
                    }
                }));
    }

    @Test
    void draws_as_many_as_asked_or_refuses_the_number() {
        ProviderException e = catchThrowableOfType(
                ProviderException.class,
                () -> assertThat(draw(request().n(2).build(), call()).images()).hasSize(2));

        if (e != null) {
            assertThat(e.failure().param()).contains("n");
            assertThat(server().awaitCall(Duration.ZERO))
                    .as("the vendor is asked")
                    .isFalse();
        }
    }

    @Test
    void refuses_a_size_that_is_none_before_the_vendor_is_asked() {
        ProviderException e = catchThrowableOfType(
                ProviderException.class,
                () -> draw(request().size("contract-size").build(), call()));

        assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(e.failure().param()).contains("size");
        assertThat(server().awaitCall(Duration.ZERO)).as("the vendor is asked").isFalse();
    }

    @Test
    void tells_or_names_what_is_a_matter_of_taste() {
        ProviderCall call = call();
        draw(
                request()
                        .style("contract-style")
                        .extra(Map.of("contract_field", "contract-value"))
                        .build(),
                call);

        if (!call.ignored().contains("style")) {
            assertThat(server().lastRequest()).contains("contract-style");
        }
        if (!call.ignored().contains("contract_field")) {
            assertThat(server().lastRequest()).contains("contract-value");
        }
    }

    @Override
    final Capability capability() {
        return Capability.IMAGE_GENERATION;
    }

    @Override
    final boolean isOffered(ChatProvider by) {
        return by.images().isPresent();
    }

    @Override
    final void ask(ProviderCall call) {
        draw(request().build(), call);
    }

    private ImageRequest.Builder request() {
        return ImageRequest.builder().model(modelAsked()).prompt(PROMPT);
    }

    private ImageResponse draw(ImageRequest request, ProviderCall call) {
        return tested().images().orElseThrow().generate(request, call);
    }
}
