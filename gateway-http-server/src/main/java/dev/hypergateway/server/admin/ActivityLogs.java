package dev.hypergateway.server.admin;

import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditLog;
import dev.hypergateway.key.ProviderKeys;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/activity-logs}: what happened to the caller's keys. Only the gateway writes it. Thread-safe. */
public final class ActivityLogs {
    /** How long events that calls have caused may take to get into the trail before it is shown without them. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ProviderKeys keys;
    private final AuditLog auditLog;

    public ActivityLogs(ProviderKeys keys, AuditLog auditLog) {
        this.keys = keys;
        this.auditLog = auditLog;
    }

    /** Lists the events that match the filters, newest first. */
    public void list(Exchange exchange) throws IOException {
        keys.flush(PATIENCE);
        exchange.reply(Json.reply(
                200,
                auditLog.read(ActivityQuery.of(exchange.owner(), exchange.query())).stream()
                        .map(ActivityLogs::row)
                        .toList()));
    }

    private static Map<String, @Nullable Object> row(AuditEvent event) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", event.id().toString());
        row.put("user_id", event.owner());
        row.put("action", event.action().name());
        row.put("provider_name", event.provider());
        row.put("key_id", event.keyId());
        row.put("description", event.description());
        row.put("created_at", event.at().toString());
        return row;
    }
}
