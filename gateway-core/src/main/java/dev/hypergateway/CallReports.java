package dev.hypergateway;

import dev.hypergateway.FinishedCall.End;
import dev.hypergateway.FinishedCall.Kind;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.failover.Call;
import dev.hypergateway.failover.UsageSoFar;
import dev.hypergateway.trace.CallTrace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners of calls. Thread-safe. */
final class CallReports {
    private static final Logger LOG = LoggerFactory.getLogger(CallReports.class);

    private final List<CallListener> listeners;
    private final LongSupplier nanoTime;

    /**
     * @param nanoTime a clock for durations, in nanoseconds
     */
    CallReports(List<CallListener> listeners, LongSupplier nanoTime) {
        this.listeners = List.copyOf(listeners);
        this.nanoTime = nanoTime;
    }

    /** To be called when a call begins. */
    Report begin(Kind kind, Call call) {
        return new Report(kind, call);
    }

    /** What becomes of one call; it is told once, whoever is first. */
    final class Report {
        private final AtomicBoolean told = new AtomicBoolean();
        private final Kind kind;
        private final Call call;
        private final long beginNanos = nanoTime.getAsLong();

        private Report(Kind kind, Call call) {
            this.kind = kind;
            this.call = call;
        }

        void answered(CallTrace trace, @Nullable Usage usage) {
            tell(End.ANSWERED, trace, usage, false, null);
        }

        void answered(CallTrace trace, @Nullable UsageSoFar taken) {
            tell(End.ANSWERED, trace, usage(taken), isEstimated(taken), null);
        }

        void failed(GatewayException failure) {
            ended(failure, null);
        }

        /** A stream ended early. */
        void ended(GatewayException failure, @Nullable UsageSoFar taken) {
            End end = failure instanceof CallCancelledException
                    ? End.CANCELLED
                    : failure instanceof StreamInterruptedException ? End.INTERRUPTED : End.FAILED;
            tell(end, failure.trace(), usage(taken), isEstimated(taken), failure);
        }

        /** The caller has closed a stream before its end. */
        void closed(CallTrace trace, @Nullable UsageSoFar taken) {
            tell(End.CANCELLED, trace, usage(taken), isEstimated(taken), null);
        }

        private void tell(
                End end,
                CallTrace trace,
                @Nullable Usage usage,
                boolean estimated,
                @Nullable GatewayException failure) {
            if (listeners.isEmpty() || !told.compareAndSet(false, true)) {
                return;
            }
            FinishedCall finished = new FinishedCall(
                    kind,
                    call.model(),
                    call.owner(),
                    end,
                    Duration.ofNanos(nanoTime.getAsLong() - beginNanos),
                    trace,
                    usage,
                    estimated,
                    failure);
            for (CallListener listener : listeners) {
                try {
                    listener.onCall(finished);
                } catch (RuntimeException e) {
                    LOG.warn("A call listener failed and was passed over", e);
                }
            }
        }

        private static @Nullable Usage usage(@Nullable UsageSoFar taken) {
            return taken == null ? null : taken.usage();
        }

        private static boolean isEstimated(@Nullable UsageSoFar taken) {
            return taken != null && taken.estimated();
        }
    }
}
