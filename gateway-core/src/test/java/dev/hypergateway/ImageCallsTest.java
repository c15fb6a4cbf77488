package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.image.GeneratedImage;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageCallsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 8, 1);
    private static final Model BY_THE_PICTURE = painter("by-the-picture")
            .withPricing(new Pricing(
                    "USD", DAY, BigDecimal.ZERO, BigDecimal.ZERO, null, null, null, null, new BigDecimal("0.04")));
    private static final Model BY_TOKENS = painter("by-tokens")
            .withPricing(new Pricing(
                    "USD", DAY, BigDecimal.ONE, new BigDecimal("2"), null, null, null, new BigDecimal("30"), null));

    private final ScriptedProvider alpha = new ScriptedProvider("alpha").offering(BY_THE_PICTURE, BY_TOKENS);
    private final ScriptedProvider beta = new ScriptedProvider("beta").painting(request -> pictures(1, null));
    private final ScriptedProvider mute = new ScriptedProvider("mute");
    private final Gateway gateway = Gateway.builder()
            .provider(alpha)
            .provider(beta)
            .provider(mute)
            .route("draw", "mute/m", "alpha/by-tokens", "beta/p")
            .time(new VirtualTime().source())
            .build();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void a_picture_costs_what_the_list_says_without_any_tokens() {
        alpha.painting(request -> pictures(request.n().orElse(1), null));

        ImageResponse response = draw("Alpha/by-the-picture", 3);

        assertThat(response.images()).hasSize(3);
        assertThat(response.model()).isEqualTo("Alpha/by-the-picture");
        assertThat(cost(response)).contains(computed("0.12"));
    }

    @Test
    void tokens_of_pictures_have_a_price_of_their_own() {
        alpha.painting(request -> pictures(
                1,
                Usage.builder()
                        .promptTokens(1000)
                        .completionTokens(1500)
                        .imageTokens(1000L)
                        .build()));

        assertThat(cost(draw("alpha/by-tokens", 1))).contains(computed("0.032"));
    }

    @Test
    void the_vendors_own_bill_counts_first_and_no_figures_mean_no_cost() {
        alpha.painting(request -> pictures(
                1,
                Usage.builder().extra(Map.of("cost_in_usd_ticks", 200_000_000)).build()));
        assertThat(cost(draw("alpha/by-the-picture", 1)))
                .contains(new Cost(new BigDecimal("0.02"), "USD", Cost.Source.VENDOR));

        alpha.painting(request -> pictures(1, null));
        assertThat(draw("alpha/by-tokens", 1).usage()).isEmpty();
    }

    @Test
    void a_route_passes_over_who_makes_no_pictures_and_goes_on_after_an_outage() {
        key("mute");
        key("alpha");
        key("beta");
        alpha.painting(request -> pictures(1, null)).on("secret-of-alpha", fail(FailureKind.UNAVAILABLE, 503));

        ImageResponse response = gateway.generateImages(ImageRequest.of("draw", "a cat"));

        assertThat(mute.attempts()).isEmpty();
        assertThat(response.model()).isEqualTo("beta/p");
        assertThat(response.trace().attempts())
                .extracting(Attempt::failure)
                .startsWith(FailureKind.UNAVAILABLE)
                .endsWith((FailureKind) null);
    }

    @Test
    void who_makes_no_pictures_is_refused_before_anything_is_sent() {
        key("mute");
        alpha.painting(request -> pictures(1, null));

        InvalidRequestException e = catchThrowableOfType(
                InvalidRequestException.class, () -> gateway.generateImages(ImageRequest.of("mute/m", "a cat")));

        assertThat(e.param()).contains("model");
        assertThat(e).hasMessageContaining("cannot make pictures").hasMessageContaining("alpha/by-the-picture");
        assertThat(mute.attempts()).isEmpty();
    }

    @Test
    void an_answer_without_a_picture_is_none() {
        key("alpha");
        alpha.painting(request -> pictures(0, null));

        AllKeysFailedException e = catchThrowableOfType(
                AllKeysFailedException.class, () -> gateway.generateImages(ImageRequest.of("alpha/by-tokens", "x")));

        assertThat(e).hasMessageContaining("no picture");
    }

    @Test
    void nothing_to_draw_is_told() {
        InvalidRequestException e = catchThrowableOfType(
                InvalidRequestException.class, () -> gateway.generateImages(ImageRequest.of("beta/p", " ")));

        assertThat(e.param()).contains("prompt");
    }

    private ImageResponse draw(String model, int n) {
        key("alpha");
        return gateway.generateImages(
                ImageRequest.builder().model(model).prompt("a cat").n(n).build());
    }

    private void key(String provider) {
        if (gateway.keys().list(Owner.LOCAL).stream()
                .noneMatch(status -> status.key().provider().equals(provider))) {
            gateway.keys().add(Owner.LOCAL, new NewProviderKey(provider, Secret.of("secret-of-" + provider), provider));
        }
    }

    private static Optional<Cost> cost(ImageResponse response) {
        return response.usage().flatMap(Usage::cost);
    }

    private static Cost computed(String amount) {
        return new Cost(new BigDecimal(amount), "USD", Cost.Source.COMPUTED);
    }

    private static Model painter(String id) {
        return new Model(id, "alpha", null, null).withCapabilities(Set.of(Capability.IMAGE_GENERATION));
    }

    private static ImageResponse pictures(int count, @Nullable Usage usage) {
        GeneratedImage picture = GeneratedImage.builder().base64("AQID").build();
        return ImageResponse.builder()
                .created(Instant.EPOCH)
                .model("whatever")
                .images(List.copyOf(Collections.nCopies(count, picture)))
                .usage(usage)
                .build();
    }
}
