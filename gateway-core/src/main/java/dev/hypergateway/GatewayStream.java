package dev.hypergateway;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.failover.AnswerStream;
import dev.hypergateway.failover.Call;
import dev.hypergateway.failover.FailoverExecutor;
import dev.hypergateway.failover.Outcome;
import dev.hypergateway.failover.UsageSoFar;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.trace.FailureKind;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The stream that {@link Gateway#stream} gives out. */
final class GatewayStream implements ChatStream {
    private final FailoverExecutor executor;
    private final ChatRequest request;
    private final Call call;
    private final CallReports reports;
    private final ChatResponseAssembler assembler = new ChatResponseAssembler();
    private final Events events = new Events();
    private volatile @Nullable AnswerStream source;
    private volatile CallTrace trace = CallTrace.empty();
    private volatile CallReports.@Nullable Report report;
    private @Nullable GatewayException failure;
    private boolean ended;

    GatewayStream(FailoverExecutor executor, ChatRequest request, Call call, CallReports reports) {
        this.executor = executor;
        this.request = request;
        this.call = call;
        this.reports = reports;
    }

    @Override
    public ChatStream open() {
        if (failure != null) {
            throw failure;
        }
        if (source == null) {
            failIfCancelled();
            report = reports.begin(FinishedCall.Kind.STREAM, call);
            Outcome<AnswerStream> outcome = executor.stream(request, call);
            trace = outcome.trace();
            if (outcome instanceof Outcome.Answered<AnswerStream> answered) {
                source = answered.value();
                failIfCancelled();
            } else if (outcome instanceof Outcome.Failed<AnswerStream> failed) {
                throw fail(FailedCalls.of(failed, call.targets(), "messages"));
            }
        }
        return this;
    }

    @Override
    public Iterator<ChatEvent> iterator() {
        return events;
    }

    @Override
    public boolean isReady() {
        AnswerStream open = source;
        return events.next != null || (open != null && !ended && failure == null && open.isReady());
    }

    @Override
    public String text() {
        drain();
        return assembler.text();
    }

    @Override
    public ChatResponse response() {
        drain();
        return assembled();
    }

    @Override
    public Flow.Publisher<ChatEvent> publisher() {
        return new StreamPublisher(this);
    }

    @Override
    public CallTrace trace() {
        AnswerStream open = source;
        return open == null ? trace : open.trace(trace);
    }

    @Override
    public void close() {
        call.cancellation().cancel();
        AnswerStream open = source;
        CallReports.Report told = report;
        if (open != null && told != null) {
            open.close();
            told.closed(trace(), taken());
        }
    }

    private void drain() {
        while (events.hasNext()) {
            events.next();
        }
    }

    private @Nullable ChatEvent read() {
        open();
        if (ended) {
            return null;
        }
        failIfCancelled();
        AnswerStream open = source;
        ChatEvent event;
        try {
            event = open == null ? null : open.next();
        } catch (ProviderException e) {
            throw fail(
                    e.failure().kind() == FailureKind.CANCELLED
                            ? FailedCalls.cancelled(trace())
                            : FailedCalls.interrupted(e, trace(), assembled()));
        }
        if (event == null) {
            ended = true;
            CallReports.Report told = report;
            if (told != null) {
                told.answered(trace(), taken());
            }
        } else {
            assembler.accept(event);
        }
        return event;
    }

    private void failIfCancelled() {
        if (!ended && call.cancellation().isCancelled()) {
            AnswerStream open = source;
            if (open != null) {
                open.close();
            }
            throw fail(FailedCalls.cancelled(trace()));
        }
    }

    private GatewayException fail(GatewayException exception) {
        failure = exception;
        CallReports.Report told = report;
        if (told != null) {
            told.ended(exception, taken());
        }
        return exception;
    }

    private @Nullable UsageSoFar taken() {
        AnswerStream open = source;
        return open == null ? null : open.usageSoFar().orElse(null);
    }

    private ChatResponse assembled() {
        return assembler.response().toBuilder().trace(trace()).build();
    }

    private final class Events implements Iterator<ChatEvent> {
        private @Nullable ChatEvent next;

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = read();
            }
            return next != null;
        }

        @Override
        public ChatEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the stream has ended");
            }
            ChatEvent event = java.util.Objects.requireNonNull(next);
            next = null;
            return event;
        }
    }
}
