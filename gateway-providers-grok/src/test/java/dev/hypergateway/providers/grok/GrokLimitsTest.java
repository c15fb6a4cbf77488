package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.RateLimits;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.testkit.RecordedRequest;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What xAI's header fields about its limits do for the choice of keys. */
class GrokLimitsTest {
    private static final String MODEL = "x-ai/grok-4.3";

    private final VendorSandbox sandbox = VendorSandbox.start();
    private final Gateway gateway = Gateway.builder()
            .provider(new GrokProvider())
            .settings(sandbox.settings())
            .build();
    private ProviderKey first;

    @BeforeEach
    void two_keys() {
        first = gateway.keys().add(Owner.LOCAL, new NewProviderKey("xai", Secret.of("xai-first-key-0123"), "first"));
        gateway.keys().add(Owner.LOCAL, new NewProviderKey("xai", Secret.of("xai-second-key-0123"), "second"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_key_with_no_request_left_is_spared_before_the_vendor_refuses(boolean stream) {
        sandbox.xai().script("xai-first-key-0123", Reply.ok().header("X-Ratelimit-Remaining-Requests", "0"));

        ask(stream);
        ask(stream);

        assertThat(sandbox.xai().requests())
                .extracting(RecordedRequest::key)
                .containsExactly(Optional.of("xai-first-key-0123"), Optional.of("xai-second-key-0123"));
        assertThat(gateway.keys().find(Owner.LOCAL, first.id()).orElseThrow()).satisfies(status -> {
            assertThat(status.key().selected()).as("spared, not replaced").isTrue();
            assertThat(status.health()).isEmpty();
        });
        assertThat(gateway.explain(ChatRequest.of(MODEL, "hi")).servingKey())
                .get()
                .extracting("name")
                .isEqualTo("second");
    }

    @Test
    void limits_are_learned_from_every_answer_and_numbers_without_end_are_none() {
        gateway.chat(MODEL, "hi");
        gateway.chat("x-ai/grok-3-mini", "hi");

        assertThat(gateway.keys().find(Owner.LOCAL, first.id()).orElseThrow().limits())
                .extracting(learned -> learned.model(), learned -> learned.limits())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "grok-3-mini", new RateLimits(new RateLimits.Allowance(1800L, 1800, null), null)),
                        org.assertj.core.groups.Tuple.tuple(
                                "grok-4.3",
                                new RateLimits(
                                        new RateLimits.Allowance(1800L, 1800, null),
                                        new RateLimits.Allowance(10_000_000L, 10_000_000, null))));
    }

    private void ask(boolean stream) {
        ChatRequest request = ChatRequest.of(MODEL, "hi");
        if (!stream) {
            gateway.chat(request);
            return;
        }
        try (ChatStream answer = gateway.stream(request)) {
            assertThat(answer.text()).isNotBlank();
        }
    }
}
