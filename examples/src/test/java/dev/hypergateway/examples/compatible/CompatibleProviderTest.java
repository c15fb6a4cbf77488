package dev.hypergateway.examples.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypergateway.ContextTooLongException;
import dev.hypergateway.Gateway;
import dev.hypergateway.UnknownModelException;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.examples.Console;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompatibleProviderTest {
    private final VendorSandbox vendors = VendorSandbox.start();
    private final Gateway gateway = Gateway.builder()
            .provider(new CompatibleProvider())
            .environmentKey("local", "any-key")
            .baseUri("local", vendors.xai().baseUri())
            .build();

    @AfterEach
    void close() {
        gateway.close();
        vendors.close();
    }

    @Test
    void the_program_asks_at_home_first_and_then_gemini() throws Exception {
        assertThat(Console.of(() -> AskLocalModel.main(new String[0])).lines())
                .containsExactly(
                        "local/llama3.2: You said: Who are you?",
                        "google/gemini-2.5-flash: You said: And who are you?");
    }

    @Test
    void passes_the_request_on_whole() {
        vendors.xai().models("llama3.2");

        gateway.chat(ChatRequest.builder()
                .model("llama3.2")
                .user("Hello")
                .extra(Map.of("keep_alive", "5m"))
                .build());

        assertThat(vendors.xai().lastRequest().path()).isEqualTo("/v1/chat/completions");
        assertThat(vendors.xai().lastRequest().header("Authorization")).contains("Bearer any-key");
        assertThat(vendors.xai().lastRequest().json())
                .containsEntry("model", "llama3.2")
                .containsEntry("keep_alive", "5m");
    }

    @Test
    void streams() {
        vendors.xai().models("llama3.2");

        try (ChatStream stream = gateway.stream(ChatRequest.of("local/llama3.2", "[[words:3]]"))) {
            assertThat(stream.text()).isEqualTo("word1 word2 word3");
        }
    }

    @Test
    void a_prompt_that_is_too_long_is_the_callers_to_shorten() {
        vendors.xai()
                .script(
                        "any-key",
                        Reply.status(
                                400,
                                "{\"error\":{\"message\":\"This model's maximum context length is 4096 tokens.\"}}",
                                Map.of()));

        assertThatExceptionOfType(ContextTooLongException.class)
                .isThrownBy(() -> gateway.chat("local/llama3.2", "Hello"));
    }

    @Test
    void a_model_that_is_not_loaded_is_named() {
        vendors.xai()
                .script(
                        "any-key",
                        Reply.status(404, "{\"error\":{\"message\":\"model 'llama9' not found\"}}", Map.of()));

        assertThatExceptionOfType(UnknownModelException.class)
                .isThrownBy(() -> gateway.chat("local/llama9", "Hello"))
                .withMessageContaining("llama9");
    }
}
