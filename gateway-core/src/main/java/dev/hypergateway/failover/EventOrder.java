package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds a stream to the promised order: one start with the caller's model name, one finish per choice, the usage last. Not
 * thread-safe.
 */
final class EventOrder {
    private static final int NONE = -1;

    private final String model;
    private final Set<Integer> open = new HashSet<>();
    private final Set<Integer> finished = new HashSet<>();
    private int lastOpened = NONE;
    private boolean started;
    private ChatEvent.@Nullable UsageReport usage;

    /**
     * @param model the caller's name of the model
     */
    EventOrder(String model) {
        this.model = model;
    }

    void accept(ChatEvent event, Deque<ChatEvent> out) {
        if (event instanceof ChatEvent.Start start) {
            if (!started) {
                started = true;
                out.add(new ChatEvent.Start(start.id(), start.created(), model));
            }
            return;
        }
        if (!started) {
            started = true;
            out.add(new ChatEvent.Start(
                    "chatcmpl-" + UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.SECONDS), model));
        }
        if (event instanceof ChatEvent.UsageReport report) {
            usage = report;
        } else if (event instanceof ChatEvent.Finish finish) {
            if (finished.add(finish.choice())) {
                open.remove(finish.choice());
                lastOpened = NONE;
                out.add(finish);
            }
        } else {
            if (event instanceof ChatEvent.TextDelta delta) {
                open(delta.choice());
            } else if (event instanceof ChatEvent.ToolCallDelta delta) {
                open(delta.choice());
            }
            out.add(event);
        }
    }

    private void open(int choice) {
        if (choice != lastOpened && !finished.contains(choice)) {
            open.add(choice);
            lastOpened = choice;
        }
    }

    /** Whether every choice that began is finished, and at least one is. */
    boolean complete() {
        return open.isEmpty() && !finished.isEmpty();
    }

    void end(Deque<ChatEvent> out) {
        if (usage != null) {
            out.add(usage);
        }
    }
}
