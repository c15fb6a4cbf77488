package dev.hypergateway.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.testkit.VendorSandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioTest {
    @ParameterizedTest
    @CsvSource({"LIMITED_BRIEFLY, 429", "FAILS_ONCE, 500", "DOWN, 503", "TOO_LONG, 400", "KEYS_DEAD, 400"})
    void the_vendor_fails_for_the_keys_of_the_scenario_only(Scenario scenario, int status) throws Exception {
        try (VendorSandbox sandbox = VendorSandbox.start()) {
            scenario.play(sandbox.gemini(), List.of("a-scripted-key-000001"));
            assertThat(ask(sandbox.gemini().baseUri(), "a-scripted-key-000001")).isEqualTo(status);
            assertThat(ask(sandbox.gemini().baseUri(), "another-key-00000002")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void every_scenario_has_rows_in_the_guide(Scenario scenario) throws Exception {
        assertThat(Files.readString(Path.of("..", "docs", "failover.md")))
                .contains("| " + scenario.title() + " | 3 | yes |");
        assertThat(Scenario.named(scenario.name().toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(scenario);
    }

    @Test
    void the_vendor_that_comes_back_has_a_table_in_the_guide() throws Exception {
        assertThat(Files.readString(Path.of("..", "docs", "failover.md")))
                .contains("flapping table: begin")
                .contains("\n| 3 | yes | ");
    }

    @Test
    void an_unknown_scenario_is_refused_with_the_known_ones() {
        assertThatThrownBy(() -> Scenario.named("nothing")).hasMessageContaining("LIMITED_BRIEFLY");
    }

    private static int ask(URI vendor, String key) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(vendor + "/models/gemini-2.5-flash:generateContent"))
                                .header("x-goog-api-key", key)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
