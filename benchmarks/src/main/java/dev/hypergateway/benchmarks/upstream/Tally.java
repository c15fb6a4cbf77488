package dev.hypergateway.benchmarks.upstream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the vendors have seen since somebody asked last. */
final class Tally {
    private final List<Long> gaps = new ArrayList<>();
    private long requests;
    private long limited;
    private long aborted;
    private long eventsOfAborted;
    private long limitedAt;

    void request(long now) {
        requests++;
        if (limitedAt != 0) {
            gaps.add(now - limitedAt);
            limitedAt = 0;
        }
    }

    void limited(long now) {
        limited++;
        limitedAt = now;
    }

    /** A stream whose reader went away. */
    void aborted(int events) {
        aborted++;
        eventsOfAborted += events;
    }

    /** All figures as lines {@code name=value}; they begin anew after that. */
    String take() {
        Collections.sort(gaps);
        long median = gaps.isEmpty() ? 0 : gaps.get(gaps.size() / 2);
        long late = gaps.isEmpty() ? 0 : gaps.get((int) (gaps.size() * 0.99));
        String text = "requests=" + requests + "\nlimited=" + limited + "\naborted=" + aborted + "\neventsOfAborted="
                + eventsOfAborted + "\ngapP50=" + median + "\ngapP99=" + late + "\n";
        gaps.clear();
        requests = 0;
        limited = 0;
        aborted = 0;
        eventsOfAborted = 0;
        return text;
    }
}
