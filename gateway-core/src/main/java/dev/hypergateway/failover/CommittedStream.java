package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that has begun to answer, so that its key and vendor do not change any more. Its events keep the order that
 * {@link ChatEvent} promises, whatever the provider does. One thread reads; any thread may close.
 */
final class CommittedStream implements AnswerStream {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedStream.class);

    private final ProviderStream source;
    private final ProviderCall call;
    private final UnaryOperator<Usage> pricing;
    private final EventOrder order;
    private final Deque<ChatEvent> ready = new ArrayDeque<>();
    private volatile @Nullable ServedAttempt servedAttempt;
    private volatile long tokens;
    private boolean ended;

    private CommittedStream(ProviderStream source, ProviderCall call, String model, UnaryOperator<Usage> pricing) {
        this.source = source;
        this.call = call;
        this.pricing = pricing;
        this.order = new EventOrder(model);
    }

    /**
     * Reads a provider's stream up to its first content or its proper end.
     *
     * @param model how the events name the model
     * @param pricing adds the cost to a usage
     * @throws ProviderException when the attempt fails before that
     */
    static CommittedStream open(ProviderStream source, ProviderCall call, String model, UnaryOperator<Usage> pricing) {
        CommittedStream stream = new CommittedStream(source, call, model, pricing);
        boolean committed = false;
        try {
            while (!committed) {
                ChatEvent event = source.next();
                committed = event == null || event.isContent() || event instanceof ChatEvent.Finish;
                stream.take(event);
            }
            call.control().markContent();
            return stream;
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Sets who hears what becomes of the stream from here on. */
    void servedBy(ServedAttempt attempt) {
        servedAttempt = attempt;
    }

    @Override
    public @Nullable ChatEvent next() {
        while (ready.isEmpty() && !ended) {
            try {
                take(source.next());
            } catch (ProviderException e) {
                ended = true;
                throw interrupted(e.failure(), e);
            } catch (RuntimeException e) {
                LOG.error(
                        "The stream from {} failed in an unforeseen way",
                        call.baseUri().getHost(),
                        e);
                ended = true;
                throw interrupted(
                        Failure.of(FailureKind.INTERRUPTED, "the provider failed in an unforeseen way; see the log"),
                        e);
            }
        }
        return ready.poll();
    }

    @Override
    public boolean isReady() {
        return !ready.isEmpty() || (!ended && source.isReady());
    }

    @Override
    public void close() {
        source.close();
        ServedAttempt attempt = servedAttempt;
        if (attempt != null) {
            attempt.ended(tokens);
        }
    }

    private void take(@Nullable ChatEvent event) {
        if (event != null) {
            if (event instanceof ChatEvent.UsageReport report) {
                tokens = report.usage().totalTokens();
                order.accept(new ChatEvent.UsageReport(pricing.apply(report.usage())), ready);
            } else {
                order.accept(event, ready);
            }
            return;
        }
        if (!order.complete()) {
            throw Failures.truncated(call.control());
        }
        order.end(ready);
        ended = true;
        close();
    }

    private ProviderException interrupted(Failure failure, RuntimeException cause) {
        try {
            return classified(failure, cause);
        } finally {
            close();
        }
    }

    private ProviderException classified(Failure failure, RuntimeException cause) {
        if (call.control().cancellation().isCancelled() || failure.kind() == FailureKind.CANCELLED) {
            return new ProviderException(Failure.of(FailureKind.CANCELLED, "the caller cancelled the call"), cause);
        }
        Failure clean = failure.without(call.credential().secret());
        ServedAttempt attempt = servedAttempt;
        if (attempt != null) {
            attempt.failed(clean);
        }
        return clean.kind() == FailureKind.INTERRUPTED
                ? new ProviderException(clean, cause)
                : new ProviderException(
                        Failure.builder(FailureKind.INTERRUPTED, clean.message())
                                .httpStatus(
                                        failure.httpStatus().isPresent()
                                                ? failure.httpStatus().getAsInt()
                                                : null)
                                .requestId(failure.requestId().orElse(null))
                                .build(),
                        cause);
    }
}
