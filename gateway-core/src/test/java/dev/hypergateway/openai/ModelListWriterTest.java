package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    void writes_an_error() {
        assertThat(OpenAiError.invalidRequest("no \"x\"", "x", null).toJson())
                .asString()
                .isEqualTo(
                        "{\"error\":{\"message\":\"no \\\"x\\\"\",\"type\":\"invalid_request_error\",\"param\":\"x\","
                                + "\"code\":null}}");
    }
}
