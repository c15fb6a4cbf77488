package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
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
 * A stream that is rescued when it breaks off: another target answers the same request, and as long as its text is the same as the
 * text delivered already, that part is swallowed and the rest goes on. A different text cannot be glued on, so then the
 * interruption stands. Rescued once per call; marked by an extra field {@value #MARK} in the stream. One thread reads; any
 * thread may close.
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
    private volatile AnswerStream source;
    private volatile List<Attempt> laterAttempts = List.of();
    private boolean beyondRescue;
    private @Nullable ProviderException interruption;
    private int repeated;

    ResumingStream(FailoverExecutor executor, ChatRequest request, Call call, Outcome.Answered<AnswerStream> began) {
        this.executor = executor;
        this.request = request;
        this.call = call;
        this.began = began;
        this.beganNanos =
                executor.time.nanoTime().getAsLong() - began.trace().elapsed().toNanos();
        this.source = began.value();
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
            if (event == null && !repeating()) {
                return null;
            }
            if (repeating()) {
                swallow(event);
            } else if (event != null) {
                ready.add(event);
            }
        }
        ChatEvent event = ready.remove();
        if (event instanceof ChatEvent.TextDelta delta) {
            delivered.append(delta.text());
        } else if (event instanceof ChatEvent.ToolCallDelta || event instanceof ChatEvent.Finish) {
            beyondRescue = true;
        }
        return event;
    }

    @Override
    public List<Attempt> laterAttempts() {
        return laterAttempts;
    }

    @Override
    public void close() {
        source.close();
    }

    private boolean repeating() {
        return interruption != null && repeated >= 0;
    }

    private @Nullable ChatEvent read() {
        while (true) {
            try {
                return source.next();
            } catch (ProviderException e) {
                if (interruption != null || beyondRescue || e.failure().kind() == FailureKind.CANCELLED) {
                    throw e;
                }
                interruption = e;
                rescue(e);
            }
        }
    }

    private void rescue(ProviderException reason) {
        LOG.info("The stream broke off after {} characters; another answer is asked for", delivered.length());
        Duration left =
                call.policy().deadline().minusNanos(executor.time.nanoTime().getAsLong() - beganNanos);
        if (left.isNegative() || left.isZero()) {
            throw reason;
        }
        Outcome<AnswerStream> outcome = executor.streamOnce(
                request, call.at(targets(), call.cancellation(), call.policy().withDeadline(left)));
        laterAttempts = outcome.trace().attempts();
        if (!(outcome instanceof Outcome.Answered<AnswerStream> answered)) {
            throw reason;
        }
        source = answered.value();
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

    private void resume(String rest) {
        repeated = -1;
        String by = laterAttempts.get(laterAttempts.size() - 1).provider();
        ready.add(new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, Map.of(MARK, by)));
        if (!rest.isEmpty()) {
            ready.add(new ChatEvent.TextDelta(0, rest));
        }
    }

    private ProviderException mismatch() {
        LOG.info("The other answer differs from the part that was delivered; the interruption stands");
        source.close();
        return Objects.requireNonNull(interruption);
    }
}
