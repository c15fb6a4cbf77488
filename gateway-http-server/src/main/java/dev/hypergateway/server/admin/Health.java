package dev.hypergateway.server.admin;

import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Handler;
import dev.hypergateway.server.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/health}: whether the server works, for load balancers and people. Always 200 while it can answer; an
 * unreachable database makes it {@code degraded}, because calls are answered from memory. Thread-safe.
 */
public final class Health implements Handler {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private static final long CHECK_LASTS = TimeUnit.SECONDS.toNanos(2);

    private final String version;
    private final @Nullable BooleanSupplier database;
    private final boolean gemini;
    private final SystemStats stats = new SystemStats();
    private final long startedAt = System.nanoTime();
    private final AtomicLong checkedAt = new AtomicLong(startedAt - CHECK_LASTS);
    private volatile boolean reachable = true;

    /**
     * @param version version of the server
     * @param database asks the database whether it is there; null where there is none
     * @param gemini whether the Gemini provider is in use
     */
    public Health(String version, @Nullable BooleanSupplier database, boolean gemini) {
        this.version = version;
        this.database = database;
        this.gemini = gemini;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        boolean ok = database == null || isReachable(database);
        Map<String, @Nullable Object> health = new LinkedHashMap<>();
        health.put("status", ok ? "healthy" : "degraded");
        health.put("version", version);
        health.put("uptime", uptime(Duration.ofNanos(System.nanoTime() - startedAt)));
        health.put("database", database == null ? null : ok ? "reachable" : "unreachable");
        health.put("gemini_api", gemini);
        health.put("system_stats", stats.read());
        exchange.reply(Json.reply(200, health));
    }

    /** Everybody may ask for the health, so the database is asked by one of them every two seconds. */
    private boolean isReachable(BooleanSupplier check) {
        long now = System.nanoTime();
        long last = checkedAt.get();
        if (now - last >= CHECK_LASTS && checkedAt.compareAndSet(last, now)) {
            reachable = answers(check);
        }
        return reachable;
    }

    private static boolean answers(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException e) {
            log.warn("The database could not be asked whether it is there", e);
            return false;
        }
    }

    private static String uptime(Duration time) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
