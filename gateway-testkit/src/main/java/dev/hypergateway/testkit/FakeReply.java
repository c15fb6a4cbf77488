package dev.hypergateway.testkit;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link FakeProvider} replies to one call: with events, with a failure, with events and then a failure, or not at all.
 * A call that is not streamed gets the same events as one response, or the failure. Immutable and thread-safe.
 */
public final class FakeReply {
    private final List<ChatEvent> events;
    private final @Nullable Failure failure;
    private final @Nullable Duration silence;
    private final boolean answersEcho;

    private FakeReply(
            List<ChatEvent> events, @Nullable Failure failure, @Nullable Duration silence, boolean answersEcho) {
        this.events = List.copyOf(events);
        this.failure = failure;
        this.silence = silence;
        this.answersEcho = answersEcho;
    }

    /** This text, streamed word by word, with usage in words. */
    public static FakeReply text(String text) {
        List<ChatEvent> events = new ArrayList<>();
        Words.split(text).forEach(word -> events.add(new ChatEvent.TextDelta(0, word)));
        events.add(new ChatEvent.Finish(0, FinishReason.STOP));
        events.add(new ChatEvent.UsageReport(
                Usage.builder().completionTokens(Words.count(text)).build()));
        return new FakeReply(events, null, null, false);
    }

    /** {@code You said: } and the last text of the user. */
    public static FakeReply echo() {
        return new FakeReply(List.of(), null, null, true);
    }

    /** These events after a {@link ChatEvent.Start}, which is added when it is missing. */
    public static FakeReply events(ChatEvent... events) {
        return new FakeReply(List.of(events), null, null, false);
    }

    /** This failure, before anything else. */
    public static FakeReply failure(Failure failure) {
        return new FakeReply(List.of(), Objects.requireNonNull(failure, "failure"), null, false);
    }

    /**
     * Nothing until the call is cancelled, or for this long; then the attempt fails with {@code TIMEOUT}, as the transport's
     * limits would make it fail.
     */
    public static FakeReply silence(Duration atMost) {
        return new FakeReply(List.of(), null, requirePositive(atMost), false);
    }

    /**
     * This reply broken off by a failure after a number of events; the start does not count.
     *
     * @throws IllegalArgumentException when the reply has fewer events
     */
    public FakeReply failingAfter(int count, Failure reason) {
        return new FakeReply(first(count), Objects.requireNonNull(reason, "reason"), null, false);
    }

    /**
     * This reply falling silent after a number of events, until the call is cancelled, or for this long; then it fails, with
     * {@code INTERRUPTED} if it had content.
     */
    public FakeReply silentAfter(int count, Duration atMost) {
        return new FakeReply(first(count), null, requirePositive(atMost), false);
    }

    private static Duration requirePositive(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("a silence must have a positive length, was " + value);
        }
        return value;
    }

    private List<ChatEvent> first(int count) {
        if (answersEcho) {
            throw new IllegalStateException("the events of an echo are not known yet; use FakeReply.text(…)");
        }
        if (count < 0 || count > events.size()) {
            throw new IllegalArgumentException("the reply has " + events.size() + " events, not " + count);
        }
        return events.subList(0, count);
    }

    /** The reply to this text of the user. */
    FakeReply to(String userText) {
        return answersEcho ? text("You said: " + userText) : this;
    }

    List<ChatEvent> events() {
        return events;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    @Nullable
    Duration silence() {
        return silence;
    }

    @Override
    public String toString() {
        return "FakeReply[" + events.size() + " events" + (failure == null ? "" : ", " + failure.kind())
                + (silence == null ? "" : ", silent") + "]";
    }
}
