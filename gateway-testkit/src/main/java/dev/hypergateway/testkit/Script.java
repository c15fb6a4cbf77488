package dev.hypergateway.testkit;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replies in order, of which the last one repeats. Thread-safe.
 *
 * @param <T> type of the replies
 */
final class Script<T> {
    private final List<T> replies;
    private final AtomicInteger used = new AtomicInteger();

    Script(List<T> replies) {
        if (replies.isEmpty()) {
            throw new IllegalArgumentException("a script needs at least one reply; name how to answer");
        }
        this.replies = List.copyOf(replies);
    }

    /** The reply in line, which is used up by this. */
    T next() {
        return replies.get(used.getAndUpdate(count -> Math.min(count + 1, replies.size() - 1)));
    }

    /** The reply in line. */
    T peek() {
        return replies.get(used.get());
    }

    /** The same replies from the beginning. */
    Script<T> fresh() {
        return new Script<>(replies);
    }
}
