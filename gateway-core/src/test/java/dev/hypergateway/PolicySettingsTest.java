package dev.hypergateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.key.KeySelection;
import dev.hypergateway.routing.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySettingsTest {
    @Test
    void what_is_set_takes_the_place_of_the_default_and_nothing_else_does() {
        FailoverPolicy policy = new PolicySettings(Map.of(
                        "HYPER_CALL_DEADLINE", "2m",
                        "HYPER_HEADERS_TIMEOUT", "500ms",
                        "HYPER_MAX_WAIT", "0s",
                        "HYPER_MAX_ATTEMPTS", "7",
                        "HYPER_KEY_SELECTION", "round-robin",
                        "HYPER_MID_STREAM", "RESUME",
                        "HYPER_HEDGE_AFTER", "3s"))
                .over(FailoverPolicy.DEFAULTS);

        assertThat(policy)
                .isEqualTo(FailoverPolicy.builder()
                        .deadline(Duration.ofMinutes(2))
                        .timeouts(FailoverPolicy.DEFAULTS.timeouts().withHeaders(Duration.ofMillis(500)))
                        .maxWait(Duration.ZERO)
                        .maxAttempts(7)
                        .selection(KeySelection.ROUND_ROBIN)
                        .midStream(FailoverPolicy.MidStream.RESUME)
                        .hedgeAfter(Duration.ofSeconds(3))
                        .build());
        assertThat(new PolicySettings(Map.of()).over(FailoverPolicy.DEFAULTS)).isEqualTo(FailoverPolicy.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({
        "HYPER_CALL_DEADLINE, soon",
        "HYPER_CALL_DEADLINE, 30",
        "HYPER_CALL_DEADLINE, 0s",
        "HYPER_MAX_ATTEMPTS, 0",
        "HYPER_MAX_ATTEMPTS, many",
        "HYPER_KEY_SELECTION, random",
        "HYPER_MID_STREAM, maybe"
    })
    void a_setting_that_makes_no_sense_is_refused(String name, String value) {
        assertThatThrownBy(() -> new PolicySettings(Map.of(name, value)).over(FailoverPolicy.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void routes_are_named_lists_of_models() {
        assertThat(new PolicySettings(Map.of("HYPER_ROUTES", " smart = google/a , x-ai/b ; quick=google/c; ")).routes())
                .containsExactly(
                        new Route("smart", List.of("google/a", "x-ai/b")), new Route("quick", List.of("google/c")));
        assertThat(new PolicySettings(Map.of()).routes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "= google/a", "smart =", "smart = ,"})
    void routes_that_make_no_sense_are_refused(String value) {
        PolicySettings settings = new PolicySettings(Map.of("HYPER_ROUTES", value));
        assertThatThrownBy(settings::routes)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HYPER_ROUTES");
    }
}
