package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.Verdict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that is rescued when it breaks off, by a {@link Rescue}. Where the other answer goes on behind the delivered text, it is
 * passed on. Where it begins anew, it is swallowed as long as it is the same as the delivered text, and the rest goes on; a
 * different text cannot be glued on, so then the interruption stands. Rescued once per call; marked by an extra field
 * {@value #MARK} in the stream and by the attempts of the trace. One thread reads; any thread may close.
 */
final class ResumingStream implements AnswerStream {
    /** Name of the stream's field that says who went on with the answer. */
    static final String MARK = "x_hyper_resumed";

    private static final Logger LOG = LoggerFactory.getLogger(ResumingStream.class);

    private final FailoverExecutor executor;
    private final ChatRequest request;
    private final Call call;
    private final Outcome.Answered<AnswerStream> began;
    private final long beganNanos;
    private final StringBuilder delivered = new StringBuilder();
    private final Deque<ChatEvent> ready = new ArrayDeque<>();
    private volatile @Nullable AnswerStream second;
    private volatile CallTrace rescue = CallTrace.empty();
    private volatile @Nullable ProviderException interruption;
    private State state = State.FIRST_ANSWER;
    private boolean beyondRescue;
    private int repeated;

    ResumingStream(FailoverExecutor executor, ChatRequest request, Call call, Outcome.Answered<AnswerStream> began) {
        this.executor = executor;
        this.request = request;
        this.call = call;
        this.began = began;
        this.beganNanos =
                executor.time.nanoTime().getAsLong() - began.trace().elapsed().toNanos();
    }

    /** Whether an answer to this request could be glued together. */
    static boolean canResume(ChatRequest request) {
        boolean text = request.responseFormat()
                .map(format -> format instanceof ResponseFormat.Text)
                .orElse(true);
        return text && request.n().orElse(1) == 1;
    }

    @Override
    public @Nullable ChatEvent next() {
        while (ready.isEmpty()) {
            ChatEvent event = read();
            switch (state) {
                case FIRST_ANSWER, RESUMED -> {
                    if (event == null) {
                        return null;
                    }
                    ready.add(event);
                }
                case REPEATING -> swallow(event);
                case CONTINUING -> goOn(event);
            }
        }
        ChatEvent event = ready.remove();
        if (event instanceof ChatEvent.TextDelta delta) {
            delivered.append(delta.text());
        } else if (event instanceof ChatEvent.ToolCallDelta
                || event instanceof ChatEvent.RefusalDelta
                || event instanceof ChatEvent.Finish) {
            beyondRescue = true;
        }
        return event;
    }

    /** Where a failure would be met by a rescue, which waits, only what has been read already is ready. */
    @Override
    public boolean isReady() {
        boolean beyond = beyondRescue || state == State.RESUMED;
        return !ready.isEmpty() || (beyond && source().isReady());
    }

    @Override
    public CallTrace trace(CallTrace opening) {
        ProviderException broken = interruption;
        CallTrace first = began.value().trace(opening);
        if (broken == null) {
            return first;
        }
        CallTrace later = rescue;
        if (later.attempts().isEmpty()) {
            return first;
        }
        AnswerStream other = second;
        return opening.brokenOff(broken.failure().message(), Verdict.NEXT_TARGET)
                .with((other == null ? later : other.trace(later)).attempts());
    }

    @Override
    public Optional<UsageSoFar> usageSoFar() {
        Optional<UsageSoFar> first = began.value().usageSoFar();
        AnswerStream other = second;
        return other == null
                ? first
                : first.map(taken -> other.usageSoFar().map(taken::plus).orElse(taken));
    }

    @Override
    public void close() {
        source().close();
    }

    private AnswerStream source() {
        AnswerStream other = second;
        return other == null ? began.value() : other;
    }

    private @Nullable ChatEvent read() {
        while (true) {
            try {
                return source().next();
            } catch (ProviderException e) {
                if (state != State.FIRST_ANSWER || beyondRescue || e.failure().kind() == FailureKind.CANCELLED) {
                    throw e;
                }
                rescue(e);
            }
        }
    }

    private void rescue(ProviderException reason) {
        LOG.info("The stream broke off after {} characters; another answer is asked for", delivered.length());
        interruption = reason;
        state = State.REPEATING;
        Duration left =
                call.policy().deadline().minusNanos(executor.time.nanoTime().getAsLong() - beganNanos);
        if (left.isNegative() || left.isZero()) {
            throw reason;
        }
        Call again = call.at(targets(), call.cancellation(), call.policy().withDeadline(left));
        Rescue attempts = new Rescue(executor, again, request, delivered.toString());
        Outcome<AnswerStream> outcome = executor.streamOnce(again, attempts);
        rescue = outcome.trace();
        if (!(outcome instanceof Outcome.Answered<AnswerStream> answered)) {
            throw reason;
        }
        state = attempts.continues() ? State.CONTINUING : State.REPEATING;
        second = answered.value();
    }

    /** The targets after the one that broke off, and that one as the last resort. */
    private List<Target> targets() {
        List<Target> targets = new ArrayList<>(call.targets());
        Optional<Attempt> served = began.trace().served();
        for (int i = 0; i < call.targets().size() && served.isPresent(); i++) {
            Target target = call.targets().get(i);
            if (target.providerId().equals(served.get().provider())
                    && target.model().equals(served.get().model())) {
                Collections.rotate(targets, -(i + 1));
            }
        }
        return targets;
    }

    /** Takes in the new answer as far as it repeats the old one; what goes beyond it is passed on. */
    private void swallow(@Nullable ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            String text = delta.text();
            int same = Math.min(text.length(), delivered.length() - repeated);
            if (!text.regionMatches(0, delivered.substring(repeated, repeated + same), 0, same)) {
                throw mismatch();
            }
            repeated += same;
            if (repeated == delivered.length()) {
                resume(text.substring(same));
            }
        } else if (event == null || event instanceof ChatEvent.Finish || event instanceof ChatEvent.ToolCallDelta) {
            throw mismatch();
        }
    }

    /** Takes in the beginning of an answer that goes on behind the old one; thoughts before its text have come already. */
    private void goOn(@Nullable ChatEvent event) {
        if (event == null) {
            throw mismatch();
        } else if (event instanceof ChatEvent.TextDelta delta) {
            resume(delta.text());
        } else if (event instanceof ChatEvent.Finish || event instanceof ChatEvent.ToolCallDelta) {
            resume("");
            ready.add(event);
        }
    }

    private void resume(String rest) {
        state = State.RESUMED;
        String by = rescue.attempts().get(rescue.attempts().size() - 1).provider();
        ready.add(new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, Map.of(MARK, by)));
        if (!rest.isEmpty()) {
            ready.add(new ChatEvent.TextDelta(0, rest));
        }
    }

    private ProviderException mismatch() {
        LOG.info("The other answer differs from the part that was delivered; the interruption stands");
        rescue = rescue.brokenOff("the answer differs from the part that was delivered", Verdict.FAIL);
        source().close();
        return Objects.requireNonNull(interruption);
    }

    private enum State {
        /** The answer that the stream began with. */
        FIRST_ANSWER,
        /** Another answer that repeats the delivered text. */
        REPEATING,
        /** Another answer that goes on behind the delivered text, before its first content. */
        CONTINUING,
        /** Another answer, behind the delivered text. */
        RESUMED
    }
}
