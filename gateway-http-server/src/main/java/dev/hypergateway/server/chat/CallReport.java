package dev.hypergateway.server.chat;

import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.LogText;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.CallTrace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a call went through, as headers of its answer: {@code x-hyper-provider}, {@code x-hyper-model}, {@code x-hyper-key-id}
 * (the id of a stored key, {@code caller} or {@code environment}), {@code x-hyper-attempts}, {@code x-hyper-failures},
 * {@code x-hyper-ignored} (fields of the request that the vendor has no word for) and {@code x-hyper-overhead-ms}. The first three are those of the last attempt. Stateless.
 */
final class CallReport {
    private static final int MOST_FAILURES = 12;

    /** A tenth of a millisecond. */
    private static final long NANOS_PER_TENTH = 100_000;

    private CallReport() {}

    /** The headers; the same facts go into the exchange's log line. */
    static Map<String, String> headers(Exchange exchange, CallTrace trace) {
        List<Attempt> attempts = trace.attempts();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-hyper-attempts", Integer.toString(attempts.size()));
        exchange.note("attempts", Integer.toString(attempts.size()));
        if (!attempts.isEmpty()) {
            Attempt last = attempts.get(attempts.size() - 1);
            headers.put("x-hyper-provider", LogText.of(last.provider()));
            headers.put("x-hyper-model", LogText.of(last.model()));
            headers.put("x-hyper-key-id", LogText.of(keyId(last)));
            exchange.note("provider", last.provider());
            exchange.note("key", keyId(last));
        }
        String failures = failures(attempts);
        if (!failures.isEmpty()) {
            headers.put("x-hyper-failures", failures);
            exchange.note("failures", failures);
        }
        if (!trace.ignoredFields().isEmpty()) {
            headers.put("x-hyper-ignored", LogText.of(String.join(",", trace.ignoredFields())));
        }
        headers.put("x-hyper-overhead-ms", overhead(exchange, trace));
        return headers;
    }

    /** For example {@code google:RATE_LIMITED(429),google:CREDENTIAL_REJECTED(400)}. */
    private static String failures(List<Attempt> attempts) {
        if (attempts.size() == 1 && attempts.get(0).succeeded()) {
            return "";
        }
        List<Attempt> failed =
                attempts.stream().filter(attempt -> !attempt.succeeded()).toList();
        String shown = failed.stream()
                .limit(MOST_FAILURES)
                .map(attempt -> LogText.of(attempt.provider()) + ":" + attempt.failure()
                        + (attempt.httpStatus() == null ? "" : "(" + attempt.httpStatus() + ")"))
                .collect(Collectors.joining(","));
        int more = failed.size() - MOST_FAILURES;
        return more > 0 ? shown + ",+" + more : shown;
    }

    private static String keyId(Attempt attempt) {
        return switch (attempt.keySource()) {
            case CALLER -> "caller";
            case ENVIRONMENT -> "environment";
            case STORED -> String.valueOf(attempt.keyId());
        };
    }

    /** All the time since the request came in that was not spent at vendors. */
    private static String overhead(Exchange exchange, CallTrace trace) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - exchange.startedAt());
        Duration own = elapsed.minus(trace.upstream());
        long tenths = (Math.max(0, own.toNanos()) + NANOS_PER_TENTH / 2) / NANOS_PER_TENTH;
        return tenths / 10 + "." + tenths % 10;
    }
}
