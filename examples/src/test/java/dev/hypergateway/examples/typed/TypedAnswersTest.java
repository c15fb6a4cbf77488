package dev.hypergateway.examples.typed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.Gateway;
import dev.hypergateway.examples.Console;
import dev.hypergateway.testkit.VendorSandbox;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedAnswersTest {
    @Test
    void prints_what_it_read_and_what_the_tool_said() throws Exception {
        assertThat(Console.of(() -> TypedAnswers.main(new String[0])).lines())
                .containsExactly("1 line, EUR", "The tool said: {\"degrees\":5,\"sky\":\"clear\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google/gemini-2.5-flash", "x-ai/grok-4.3", "sber/GigaChat-2-Max"})
    void a_record_and_a_tool_work_with_each_vendor(String model) {
        try (VendorSandbox vendors = VendorSandbox.start();
                Gateway ai = Gateway.builder().settings(settings(vendors)).build()) {
            TypedAnswers.Invoice invoice = TypedAnswers.read(ai, model, "tea");

            assertThat(invoice.lines()).isNotEmpty();
            assertThat(invoice.currency()).isEqualTo(TypedAnswers.Currency.EUR);
            assertThat(TypedAnswers.weather(ai, model, "[[tool:weather]]{\"name\":\"Oslo\"}"))
                    .startsWith("The tool said:")
                    .contains("degrees", "4");
        }
    }

    private static Map<String, String> settings(VendorSandbox vendors) {
        Map<String, String> settings = new HashMap<>(vendors.settings());
        settings.put("GOOGLE_AI_STUDIO_API_KEY", "good-key");
        settings.put("XAI_API_KEY", "good-key");
        settings.put("GIGACHAT_AUTH_KEY", "Z29vZC1pZDpnb29kLXNlY3JldA==");
        return settings;
    }
}
