package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiModelNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"gemini-2.5-flash", "models/gemini-2.5-flash"})
    void takes_a_name_with_and_without_its_collection(String name) {
        assertThat(GeminiModelName.of(name).path()).isEqualTo("/models/gemini-2.5-flash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "models/",
                "models/models/gemini-2.5-flash",
                "gemini/2.5",
                "../files",
                "gemini..flash",
                "gemini-2.5-flash:countTokens",
                "gemini?key=x",
                "gemini#x",
                "gemini 2.5",
                "gemini%2f",
                "gemini\\x",
                "gemini\n"
            })
    void refuses_a_name_that_would_lead_elsewhere(String name) {
        assertThatCode(() -> GeminiModelName.of(name))
                .asInstanceOf(InstanceOfAssertFactories.type(ProviderException.class))
                .satisfies(e -> {
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
                    assertThat(e.failure().param()).contains("model");
                    assertThat(e.failure().message()).doesNotContain("\n");
                });
    }
}
