package dev.hypergateway.failover;

import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a second call beside one that is slow to answer, when the policy says so: it begins at the next target of the route, or at
 * the same one where there is no other. The first to answer wins, the other is cancelled, and the trace holds the attempts of
 * both. Without hedging the call runs on the caller's thread as it is. Thread-safe.
 */
final class Hedge {
    private static final Duration PATIENCE_WITH_LOSER = Duration.ofSeconds(1);

    private final ExecutorService threads = Threads.perTask("hyper-gateway-hedge");

    /**
     * @param discard what to do with the answer of a loser that could not be cancelled in time
     */
    <T> Outcome<T> run(Call call, Function<Call, Outcome<T>> runner, Consumer<T> discard) {
        Duration delay = call.policy().hedgeAfter().orElse(null);
        return delay == null ? runner.apply(call) : race(call, delay, runner, discard);
    }

    private <T> Outcome<T> race(Call call, Duration delay, Function<Call, Outcome<T>> runner, Consumer<T> discard) {
        Runner<T> first = start(call, call.targets(), runner);
        Outcome<T> early = first.await(delay);
        if (early != null || call.cancellation().isCancelled()) {
            return early == null ? first.await() : early;
        }
        Runner<T> second = start(call, rotated(call.targets()), runner);
        CompletableFuture.anyOf(first.answered(), second.answered(), first.and(second))
                .exceptionally(interrupted -> null)
                .join();
        boolean firstWins = first.hasAnswered() || !second.hasAnswered();
        Runner<T> winner = firstWins ? first : second;
        Runner<T> loser = firstWins ? second : first;
        if (winner.hasAnswered()) {
            loser.cancellation.cancel();
            loser.discardWith(discard);
        }
        Outcome<T> lost = loser.await(PATIENCE_WITH_LOSER);
        return merged(winner.await(), lost == null ? CallTrace.empty() : lost.trace());
    }

    private <T> Runner<T> start(Call call, List<Target> targets, Function<Call, Outcome<T>> runner) {
        Cancellation own = new Cancellation();
        Cancellation.Registration registration = call.cancellation().onCancel(own::cancel);
        CompletableFuture<Outcome<T>> future =
                CompletableFuture.supplyAsync(() -> runner.apply(call.at(targets, own, call.policy())), threads);
        // A stream goes on after the call is answered, and the caller's switch must still end it.
        CompletableFuture<Outcome<T>> unused = future.whenComplete((outcome, failure) -> {
            if (!(outcome instanceof Outcome.Answered<T>)) {
                registration.close();
            }
        });
        return new Runner<>(future, own);
    }

    private static List<Target> rotated(List<Target> targets) {
        return Stream.concat(targets.stream().skip(1), targets.stream().limit(1))
                .toList();
    }

    private static <T> Outcome<T> merged(Outcome<T> outcome, CallTrace other) {
        List<Attempt> attempts = new ArrayList<>();
        Stream.concat(outcome.trace().attempts().stream(), other.attempts().stream())
                .sorted(Comparator.comparing((Attempt attempt) -> attempt.succeeded())
                        .thenComparing(Attempt::startedAt))
                .forEach(attempt -> attempts.add(attempt.numbered(attempts.size() + 1)));
        CallTrace trace = new CallTrace(
                attempts,
                outcome.trace().elapsed(),
                outcome.trace().upstream(),
                outcome.trace().ignoredFields());
        if (outcome instanceof Outcome.Answered<T> answered) {
            return new Outcome.Answered<>(answered.value(), trace);
        }
        Outcome.Failed<T> failed = (Outcome.Failed<T>) outcome;
        return new Outcome.Failed<>(failed.end(), failed.failure(), failed.retryAfter(), trace);
    }

    private record Runner<T>(CompletableFuture<Outcome<T>> future, Cancellation cancellation) {

        /** Completes when the call is answered; stays open when it fails. */
        CompletableFuture<Void> answered() {
            CompletableFuture<Void> answered = new CompletableFuture<>();
            CompletableFuture<Void> unused = future.thenAccept(outcome -> {
                if (outcome instanceof Outcome.Answered<T>) {
                    answered.complete(null);
                }
            });
            return answered;
        }

        CompletableFuture<Void> and(Runner<T> other) {
            return CompletableFuture.allOf(future, other.future);
        }

        boolean hasAnswered() {
            return future.isDone()
                    && !future.isCompletedExceptionally()
                    && future.join() instanceof Outcome.Answered<T>;
        }

        void discardWith(Consumer<T> discard) {
            CompletableFuture<Void> unused = future.thenAccept(outcome -> {
                if (outcome instanceof Outcome.Answered<T> answered) {
                    discard.accept(answered.value());
                }
            });
        }

        /** The outcome; null when it does not come in time. Interruption cancels the call. */
        @Nullable
        Outcome<T> await(Duration patience) {
            try {
                return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return null;
            } catch (InterruptedException e) {
                cancellation.cancel();
                Outcome<T> outcome = future.join();
                Thread.currentThread().interrupt();
                return outcome;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a hedged call failed in an unforeseen way", e.getCause());
            }
        }

        Outcome<T> await() {
            return future.join();
        }
    }
}
