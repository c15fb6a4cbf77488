package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivityLogsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RunningGateway running = new RunningGateway();

    @BeforeEach
    void write() {
        event("2026-01-01T10:00:00Z", "local", AuditAction.ADD, "google", "first");
        event("2026-01-02T10:00:00Z", "local", AuditAction.SELECT, "google", "second");
        event("2026-01-03T10:00:00Z", "local", AuditAction.ADD, "xai", "third");
        event("2026-01-03T11:00:00Z", "somebody-else", AuditAction.ADD, "xai", "not mine");
    }

    @AfterEach
    void close() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                        | third,second,first",
                "?limit=2                                | third,second",
                "?provider=google                        | second,first",
                "?action=ADD                             | third,first",
                "?action=add&provider=xai                | third",
                "?from_date=2026-01-02                   | third,second",
                "?to_date=2026-01-02                     | second,first",
                "?from_date=2026-01-02T10:00:00Z&to_date=2026-01-02T10:00:00Z | second",
                "?from_date=2026-01-02T12:00:00%2B02:00  | third,second",
                "?from_date=2026-01-02T12:00:00+02:00    | third,second",
                "?from_date=2026-01-02T10:00:01          | third",
                "?from_date=2026-01-02%2010:00:01        | third",
                "?limit=&action=&other=1                 | third,second,first"
            })
    void filters_and_lists_newest_first(String query, String expected) throws Exception {
        HttpResponse<String> response = running.get("/api/v1/activity-logs" + (query == null ? "" : query));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode rows = JSON.readTree(response.body());
        assertThat(StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.path("description").asText()))
                .containsExactly(expected.split(","));
    }

    @Test
    void a_row_has_the_fields_of_the_original() throws Exception {
        JsonNode row = JSON.readTree(
                        running.get("/api/v1/activity-logs/?limit=1").body())
                .get(0);

        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly("id", "user_id", "action", "provider_name", "key_id", "description", "created_at");
        assertThat(row.path("user_id").asText()).isEqualTo("local");
        assertThat(row.path("key_id").isNull()).isTrue();
        assertThat(row.path("created_at").asText()).isEqualTo("2026-01-03T10:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=-1, limit",
        "limit=1001, limit",
        "limit=many, limit",
        "action=EXPLODE, action",
        "from_date=yesterday, from_date",
        "to_date=2026-13-01, to_date",
        "from_date=2026-01-03&to_date=2026-01-01, from_date"
    })
    void a_filter_that_makes_no_sense_is_named(String query, String field) throws Exception {
        HttpResponse<String> response = running.get("/api/v1/activity-logs?" + query);

        assertThat(response.statusCode()).isEqualTo(422);
        JsonNode loc = JSON.readTree(response.body()).at("/detail/0/loc");
        assertThat(loc.get(0).asText()).isEqualTo("query");
        assertThat(loc.get(1).asText()).isEqualTo(field);
    }

    private void event(String at, String owner, AuditAction action, String provider, String description) {
        running.auditLog.onEvent(
                new AuditEvent(UUID.randomUUID(), Instant.parse(at), owner, action, provider, null, description));
    }
}
