package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void health_and_welcome_need_no_key() throws Exception {
        try (RunningGateway running = new RunningGateway(builder -> builder.database(() -> true))) {
            JsonNode health = get(running, "/api/v1/health/");
            assertThat(health.path("status").asText()).isEqualTo("healthy");
            assertThat(health.path("database").asText()).isEqualTo("reachable");
            assertThat(health.path("uptime").asText()).matches("00:0\\d:\\d\\d");
            assertThat(health.path("version").asText()).isNotBlank();
            assertThat(health.path("gemini_api").asBoolean()).isTrue();
            for (String figure : new String[] {"cpu_percent", "memory_percent", "disk_usage"}) {
                JsonNode value = health.path("system_stats").path(figure);
                assertThat(value.isNull() || (value.asDouble() >= 0 && value.asDouble() <= 100))
                        .as("%s is %s", figure, value)
                        .isTrue();
            }
            assertThat(get(running, "/").path("message").asText()).contains("Welcome");
        }
    }

    @Test
    void a_lost_database_is_told() throws Exception {
        try (RunningGateway running = new RunningGateway(builder -> builder.database(() -> false))) {
            JsonNode health = get(running, "/api/v1/health");

            assertThat(health.path("status").asText()).isEqualTo("degraded");
            assertThat(health.path("database").asText()).isEqualTo("unreachable");
        }
    }

    @Test
    void without_a_database_none_is_mentioned() throws Exception {
        try (RunningGateway running = new RunningGateway()) {
            assertThat(get(running, "/api/v1/health").path("database").isNull()).isTrue();
        }
    }

    private static JsonNode get(RunningGateway running, String path) throws Exception {
        return JSON.readTree(
                running.send(HttpRequest.newBuilder(running.server.uri().resolve(path)))
                        .body());
    }
}
