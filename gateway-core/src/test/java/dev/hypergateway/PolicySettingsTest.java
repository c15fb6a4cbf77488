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
        FailoverPolicy policy = PolicySettings.of(Map.of(
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
        assertThat(PolicySettings.of(Map.of()).over(FailoverPolicy.DEFAULTS)).isEqualTo(FailoverPolicy.DEFAULTS);
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
        assertThatThrownBy(() -> PolicySettings.of(Map.of(name, value)).over(FailoverPolicy.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void routes_are_named_lists_of_models() {
        assertThat(new RouteSettings(Map.of("HYPER_ROUTES", " smart = google/a , x-ai/b ; quick=google/c; ")).routes())
                .containsExactly(
                        new Route("smart", List.of("google/a", "x-ai/b")), new Route("quick", List.of("google/c")));
        assertThat(new RouteSettings(Map.of()).routes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "= google/a", "smart =", "smart = ,"})
    void routes_that_make_no_sense_are_refused(String value) {
        RouteSettings settings = new RouteSettings(Map.of("HYPER_ROUTES", value));
        assertThatThrownBy(settings::routes)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HYPER_ROUTES");
    }

    @Test
    void a_route_has_the_gateways_policy_but_for_what_code_and_settings_change_in_this_order() {
        RouteSettings settings = new RouteSettings(Map.of(
                "HYPER_ROUTE_SMART_FIRST_CALL_DEADLINE", "2m",
                "HYPER_ROUTE_SMART_FIRST_IDLE_TIMEOUT", "7s",
                "HYPER_ROUTE_QUICK_HEDGE_AFTER", "1s"));
        FailoverPolicy gateway = FailoverPolicy.builder().maxAttempts(5).build();

        RoutePolicies policies = settings.policies(
                List.of(new Route("Smart-first", List.of("google/a")), new Route("quick", List.of("google/b"))),
                Map.of(
                        "smart-first",
                        policy -> policy.deadline(Duration.ofSeconds(1)).maxWait(Duration.ZERO)),
                gateway);

        assertThat(policies.of("smart-FIRST"))
                .isEqualTo(gateway.toBuilder()
                        .deadline(Duration.ofMinutes(2))
                        .maxWait(Duration.ZERO)
                        .timeouts(limits -> limits.withIdle(Duration.ofSeconds(7)))
                        .build());
        assertThat(policies.of("quick"))
                .isEqualTo(gateway.toBuilder().hedgeAfter(Duration.ofSeconds(1)).build());
        assertThat(policies.of("google/a")).isEqualTo(gateway);
    }

    @ParameterizedTest
    @CsvSource({
        "HYPER_ROUTE_SMRT_CALL_DEADLINE, 2m",
        "HYPER_ROUTE_SMART_DEADLINE, 2m",
        "HYPER_ROUTE_SMART_CALL_DEADLINE, soon",
        "HYPER_ROUTE_SMART_CALL_DEADLINE, 0s",
        "HYPER_ROUTE_SMART_MID_STREAM, maybe",
        "HYPER_ROUTE_A_B_MAX_WAIT, 2s"
    })
    void a_setting_of_a_route_that_makes_no_sense_is_refused_by_name(String name, String value) {
        List<Route> routes = List.of(
                new Route("smart", List.of("google/a")),
                new Route("a.b", List.of("google/a")),
                new Route("a-b", List.of("google/a")));
        assertThatThrownBy(() ->
                        new RouteSettings(Map.of(name, value)).policies(routes, Map.of(), FailoverPolicy.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
