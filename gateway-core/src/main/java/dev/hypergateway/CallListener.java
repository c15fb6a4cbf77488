package dev.hypergateway;

/**
 * Hears of every call that is over, with its attempts, tokens and outcome: for metrics, billing and logs. Called on the thread that
 * makes the call, just before it returns or throws; for a stream on the thread that reads its end, meets its failure or closes
 * it. Called concurrently for different calls, so implementations are thread-safe, and they return quickly. One that throws is
 * logged and never fails a call.
 *
 * <p>Each round of a typed answer or of tools is a call. Not heard of are requests that were refused before any key was looked for,
 * and streams that nobody has begun to read.
 */
@FunctionalInterface
public interface CallListener {
    void onCall(FinishedCall call);
}
