package dev.hypergateway.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.examples.Console;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuickstartTest {
    @Test
    void prints_the_answer_and_how_it_came_about() throws Exception {
        assertThat(Console.of(() -> Quickstart.main(new String[0])).lines())
                .containsExactly(
                        "You said: Why is the sky blue?",
                        "15 tokens",
                        "1. GOOGLE_AI_STUDIO_API_KEY #1: CREDENTIAL_REJECTED, so NEXT_KEY",
                        "2. GOOGLE_AI_STUDIO_API_KEY #2: answered");
    }

    @Test
    void sends_the_question_to_gemini_with_one_key_after_the_other() throws Exception {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.gemini().script("a", Reply.invalidKey()).script("b", Reply.ok());
            Map<String, String> settings = new HashMap<>(vendors.settings());
            settings.put("GOOGLE_AI_STUDIO_API_KEY", "a,b");

            Console.of(() -> Quickstart.ask(settings));

            assertThat(vendors.gemini().attempts("a")).isOne();
            assertThat(vendors.gemini().attempts("b")).isOne();
            assertThat(vendors.gemini().lastRequest().model()).contains("gemini-2.5-flash");
            assertThat(vendors.gemini().lastRequest().json()).containsKeys("systemInstruction", "generationConfig");
        }
    }
}
