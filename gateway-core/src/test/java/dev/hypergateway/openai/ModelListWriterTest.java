package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Modality;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelListWriterTest {
    private static final ModelEntry KNOWN =
            new ModelEntry("google/a", Instant.ofEpochSecond(5), "google", 1000, Map.of("mood", "good"));
    private static final ModelEntry UNKNOWN = new ModelEntry("smart", null, "you", null, Map.of());

    @Test
    void writes_a_list() {
        assertThat(ModelListWriter.list(List.of(KNOWN, UNKNOWN)))
                .asString()
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"google/a\",\"object\":\"model\",\"created\":5,"
                        + "\"owned_by\":\"google\",\"context_window\":1000,\"mood\":\"good\"},{\"id\":\"smart\","
                        + "\"object\":\"model\",\"created\":0,\"owned_by\":\"you\",\"context_window\":null}]}");
    }

    @Test
    void writes_a_single_model() {
        assertThat(ModelListWriter.single(KNOWN))
                .asString()
                .isEqualTo("{\"id\":\"google/a\",\"object\":\"model\",\"created\":5,\"owned_by\":\"google\","
                        + "\"context_window\":1000,\"mood\":\"good\"}");
    }

    @Test
    void writes_all_that_is_known_of_a_model() {
        Model model = new Model("a", "google", null, 1000, 100, List.of("b"))
                .withModalities(Set.of(Modality.IMAGE, Modality.TEXT), Set.of(Modality.TEXT))
                .withCapabilities(Set.of(Capability.STRUCTURED_OUTPUT, Capability.STREAMING))
                .withPricing(Pricing.of("USD", LocalDate.of(2026, 8, 1), "0.30", "2.5"))
                .withRetirement(LocalDate.of(2027, 1, 31));

        assertThat(ModelListWriter.single(ModelEntry.of("google/a", model)))
                .asString()
                .isEqualTo("{\"id\":\"google/a\",\"object\":\"model\",\"created\":0,\"owned_by\":\"google\","
                        + "\"context_window\":1000,\"max_output_tokens\":100,\"aliases\":[\"b\"],"
                        + "\"input_modalities\":[\"text\",\"image\"],\"output_modalities\":[\"text\"],"
                        + "\"capabilities\":[\"streaming\",\"structured_output\"],\"pricing\":{\"currency\":\"USD\","
                        + "\"as_of\":\"2026-08-01\",\"input\":0.30,\"output\":2.5,\"cached_input\":null,\"request\":null,"
                        + "\"long_prompt\":null,\"image_output\":null,\"image\":null},\"retirement\":\"2027-01-31\"}");
    }

    @Test
    void writes_an_error() {
        assertThat(OpenAiError.invalidRequest("no \"x\"", "x", null).toJson())
                .asString()
                .isEqualTo(
                        "{\"error\":{\"message\":\"no \\\"x\\\"\",\"type\":\"invalid_request_error\",\"param\":\"x\","
                                + "\"code\":null}}");
    }
}
