package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.testkit.VendorSandbox;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IgnoredFieldsTest {
    @Test
    void what_gemini_has_no_word_for_is_left_out_and_told() {
        try (VendorSandbox sandbox = VendorSandbox.start();
                Gateway gateway = Gateway.builder()
                        .provider(new GeminiProvider())
                        .settings(sandbox.settings())
                        .environmentKey("google", "some-key-0123456789")
                        .build()) {
            ChatRequest request = ChatRequest.builder()
                    .model("google/gemini-2.5-flash")
                    .user("hi")
                    .endUser("somebody")
                    .presencePenalty(0.5)
                    .frequencyPenalty(0.0)
                    .extra(Map.of("metadata", Map.of("a", "b"), "top_k", 5, "service_tier", "flex"))
                    .build();

            assertThat(gateway.chat(request).trace().ignoredFields())
                    .containsExactly("metadata", "presence_penalty", "user");
            assertThat(gateway.stream(request).open().trace().ignoredFields())
                    .containsExactly("metadata", "presence_penalty", "user");
            assertThat(gateway.chat(request.toBuilder()
                                    .extra(Map.of("service_tier", "scale"))
                                    .build())
                            .trace()
                            .ignoredFields())
                    .contains("service_tier");
            assertThat(gateway.chat(request.toBuilder()
                                    .extra(Map.of("web_search_options", Map.of("user_location", Map.of())))
                                    .build())
                            .trace()
                            .ignoredFields())
                    .contains("web_search_options.user_location")
                    .doesNotContain("web_search_options");
            assertThat(gateway.chat("google/gemini-2.5-flash", "hi").trace().ignoredFields())
                    .isEmpty();
        }
    }
}
