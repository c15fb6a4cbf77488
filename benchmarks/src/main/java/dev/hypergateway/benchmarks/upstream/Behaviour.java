package dev.hypergateway.benchmarks.upstream;

import java.util.HashMap;
import java.util.Map;

/**
 * How the vendors behave at the moment.
 *
 * @param answerBytes size of a whole answer
 * @param events content events of a stream
 * @param paceNanos time between the events of a stream; 0 sends all at once
 * @param delayNanos time before an answer
 * @param limitedKey requests with this in their head get 429; empty for none
 */
public record Behaviour(int answerBytes, int events, long paceNanos, long delayNanos, String limitedKey) {
    /** Answers of 1 kB and streams of 200 events, all at once. */
    public static final Behaviour DEFAULT = new Behaviour(1104, 200, 0, 0, "");

    /** As the query of {@code /control}. */
    public String query() {
        return "answer=" + answerBytes + "&events=" + events + "&pace=" + paceNanos + "&delay=" + delayNanos
                + "&limited=" + limitedKey;
    }

    static Behaviour of(String query) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return new Behaviour(
                Integer.parseInt(values.getOrDefault("answer", "1104")),
                Integer.parseInt(values.getOrDefault("events", "200")),
                Long.parseLong(values.getOrDefault("pace", "0")),
                Long.parseLong(values.getOrDefault("delay", "0")),
                values.getOrDefault("limited", ""));
    }

    public Behaviour withAnswerBytes(int value) {
        return new Behaviour(value, events, paceNanos, delayNanos, limitedKey);
    }

    public Behaviour withStream(int count, long pace) {
        return new Behaviour(answerBytes, count, pace, delayNanos, limitedKey);
    }

    public Behaviour withDelay(long nanos) {
        return new Behaviour(answerBytes, events, paceNanos, nanos, limitedKey);
    }

    public Behaviour withLimitedKey(String key) {
        return new Behaviour(answerBytes, events, paceNanos, delayNanos, key);
    }
}
