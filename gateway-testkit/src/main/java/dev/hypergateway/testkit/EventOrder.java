package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Citation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The order in which the events of a complete stream have to come. Not thread-safe; one per stream. */
final class EventOrder {
    private final Set<Integer> finished = new HashSet<>();
    private final Set<Integer> begun = new HashSet<>();
    private final Set<Citation> cited = new HashSet<>();
    private boolean started;
    private boolean counted;

    private EventOrder() {}

    static void check(List<ChatEvent> events) {
        EventOrder order = new EventOrder();
        events.forEach(order::next);
        assertThat(order.begun).as("choices that say something").isNotEmpty();
        assertThat(order.finished).as("choices that are finished").containsAll(order.begun);
    }

    private void next(ChatEvent event) {
        if (event instanceof ChatEvent.Extra) {
            return;
        }
        assertThat(counted)
                .as("nothing comes after the usage, but there is %s", event)
                .isFalse();
        if (event instanceof ChatEvent.Start) {
            assertThat(started).as("the answer starts once").isFalse();
            started = true;
            return;
        }
        assertThat(started).as("the start comes before %s", event).isTrue();
        if (event instanceof ChatEvent.UsageReport) {
            assertThat(finished)
                    .as("the usage comes after the finish of all choices")
                    .containsAll(begun);
            counted = true;
        } else if (event instanceof ChatEvent.Finish finish) {
            assertThat(finished.add(finish.choice()))
                    .as("a choice finishes once")
                    .isTrue();
        } else {
            piece(event);
        }
    }

    private void piece(ChatEvent event) {
        int choice = choice(event);
        assertThat(finished).as("no piece of a choice comes after its finish").doesNotContain(choice);
        begun.add(choice);
        if (event instanceof ChatEvent.Citations citations) {
            assertThat(citations.citations()).as("sources are not repeated").allMatch(cited::add);
        }
    }

    private static int choice(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            return delta.choice();
        } else if (event instanceof ChatEvent.ReasoningDelta delta) {
            return delta.choice();
        } else if (event instanceof ChatEvent.RefusalDelta delta) {
            return delta.choice();
        } else if (event instanceof ChatEvent.ToolCallDelta delta) {
            return delta.choice();
        }
        return ((ChatEvent.Citations) event).choice();
    }
}
