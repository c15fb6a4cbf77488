package dev.hypergateway.testkit;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Replies in order, of which the last one repeats. Thread-safe. */
final class Script {
    private final List<Reply> replies;
    private final AtomicInteger used = new AtomicInteger();

    Script(Reply... replies) {
        if (replies.length == 0) {
            throw new IllegalArgumentException("a script needs at least one reply, for example Reply.ok()");
        }
        this.replies = List.of(replies);
    }

    /** The reply in line, which is used up by this. */
    Reply next() {
        return at(used.getAndUpdate(count -> Math.min(count + 1, replies.size() - 1)));
    }

    /** The reply in line. */
    Reply peek() {
        return at(used.get());
    }

    private Reply at(int index) {
        return replies.get(Math.min(index, replies.size() - 1));
    }
}
