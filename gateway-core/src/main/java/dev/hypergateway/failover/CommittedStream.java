package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
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
    private final ChatRequest request;
    private final EventOrder order;
    private final Deque<ChatEvent> ready = new ArrayDeque<>();
    private final TokenEstimate delivered = new TokenEstimate();
    private volatile @Nullable ServedAttempt servedAttempt;
    private volatile @Nullable Usage reported;
    private volatile long deliveredTokens;
    private volatile boolean complete;
    private volatile @Nullable Failure interruption;
    private boolean ended;

    private CommittedStream(
            ProviderStream source, ProviderCall call, ChatRequest request, String model, UnaryOperator<Usage> pricing) {
        this.source = source;
        this.call = call;
        this.request = request;
        this.pricing = pricing;
        this.order = new EventOrder(model);
    }

    /**
     * Reads a provider's stream up to its first content or its proper end.
     *
     * @param request what was asked
     * @param model how the events name the model
     * @param pricing adds the cost to a usage
     * @throws ProviderException when the attempt fails before that
     */
    static CommittedStream open(
            ProviderStream source, ProviderCall call, ChatRequest request, String model, UnaryOperator<Usage> pricing) {
        CommittedStream stream = new CommittedStream(source, call, request, model, pricing);
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
        if (complete) {
            attempt.completed();
        }
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
            attempt.ended(usageSoFar().map(taken -> taken.usage().totalTokens()).orElse(0L));
        }
    }

    @Override
    public CallTrace trace(CallTrace opening) {
        Failure failure = interruption;
        return failure == null ? opening : opening.brokenOff(failure.message(), Verdict.FAIL);
    }

    @Override
    public Optional<UsageSoFar> usageSoFar() {
        Usage vendors = reported;
        if (complete || (vendors != null && vendors.completionTokens() > 0)) {
            return Optional.ofNullable(vendors).map(usage -> new UsageSoFar(usage, false));
        }
        Usage.Builder estimate = vendors == null ? Usage.builder() : vendors.toBuilder();
        long prompt = vendors == null ? TokenEstimate.ofPrompt(request) : vendors.promptTokens();
        Usage estimated = estimate.promptTokens(prompt)
                .completionTokens(deliveredTokens)
                .totalTokens(prompt + deliveredTokens)
                .cost(null)
                .build();
        return Optional.of(new UsageSoFar(pricing.apply(estimated), true));
    }

    private void take(@Nullable ChatEvent event) {
        if (event != null) {
            if (event instanceof ChatEvent.UsageReport report) {
                Usage priced = pricing.apply(report.usage());
                reported = priced;
                order.accept(new ChatEvent.UsageReport(priced), ready);
            } else {
                delivered.add(event);
                deliveredTokens = delivered.tokens();
                order.accept(event, ready);
            }
            return;
        }
        if (!order.complete()) {
            throw Failures.truncated(call.control());
        }
        order.end(ready);
        complete = true;
        ended = true;
        ServedAttempt attempt = servedAttempt;
        if (attempt != null) {
            attempt.completed();
        }
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
        Failure broken = clean.kind() == FailureKind.INTERRUPTED
                ? clean
                : Failure.builder(FailureKind.INTERRUPTED, clean.message())
                        .httpStatus(
                                failure.httpStatus().isPresent()
                                        ? failure.httpStatus().getAsInt()
                                        : null)
                        .requestId(failure.requestId().orElse(null))
                        .build();
        interruption = broken;
        return new ProviderException(broken, cause);
    }
}
