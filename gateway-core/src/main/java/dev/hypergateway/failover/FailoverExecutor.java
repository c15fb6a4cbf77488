package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.key.KeyOutlook;
import dev.hypergateway.key.KeyRing;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.routing.PriceList;
import dev.hypergateway.routing.Screening;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.Timeouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes calls through targets and keys until one answers. Thread-safe; a call runs on the thread that makes it, unless it is hedged. */
public final class FailoverExecutor {
    final KeyRing storedKeys;
    final KeyRing environmentKeys;
    final Owner environment;
    final Endpoints endpoints;
    final PriceList prices;
    final Predicate<Target> prefills;
    final TimeSource time;
    final DoubleSupplier random;
    private final Hedge hedge = new Hedge();

    /**
     * @param storedKeys the owners' keys
     * @param environmentKeys the process's own keys, all of the owner {@code environment}
     * @param environment whose keys those are
     * @param endpoints where providers live
     * @param prices what the models cost
     * @param prefills whether a target's model goes on from the beginning of an answer
     * @param time how time passes
     * @param random numbers from 0 to 1, for jitter
     */
    public FailoverExecutor(
            KeyRing storedKeys,
            KeyRing environmentKeys,
            Owner environment,
            Endpoints endpoints,
            PriceList prices,
            Predicate<Target> prefills,
            TimeSource time,
            DoubleSupplier random) {
        this.storedKeys = Objects.requireNonNull(storedKeys, "storedKeys");
        this.environmentKeys = Objects.requireNonNull(environmentKeys, "environmentKeys");
        this.environment = Objects.requireNonNull(environment, "environment");
        this.endpoints = Objects.requireNonNull(endpoints, "endpoints");
        this.prices = Objects.requireNonNull(prices, "prices");
        this.prefills = Objects.requireNonNull(prefills, "prefills");
        this.time = Objects.requireNonNull(time, "time");
        this.random = Objects.requireNonNull(random, "random");
    }

    /** Gets a whole answer. The wait for the vendor's status line is the wait for the answer, so only the total limit holds. */
    public Outcome<ChatResponse> chat(ChatRequest request, Call call) {
        return whole(call, ChatResponse::usage, (target, providerCall) -> {
            ChatResponse response = target.provider().chat(request, providerCall);
            return response.toBuilder()
                    .model(call.modelName(target))
                    .usage(priced(response.usage(), target))
                    .build();
        });
    }

    /** Gets vectors. Each target's provider must have embeddings. */
    public Outcome<EmbeddingResponse> embed(EmbeddingRequest request, Call call) {
        return whole(call, EmbeddingResponse::usage, (target, providerCall) -> {
            EmbeddingResponse response =
                    target.provider().embeddings().orElseThrow().embed(request, providerCall);
            int vectors = response.embeddings().size();
            if (vectors != request.inputs().size()) {
                throw Failures.unreadable(
                        "it has " + vectors + " vectors for " + request.inputs().size() + " inputs", null);
            }
            return response.toBuilder()
                    .model(call.modelName(target))
                    .usage(priced(response.usage(), target))
                    .build();
        });
    }

    /** Gets pictures. Each target's provider must have images. */
    public Outcome<ImageResponse> generate(ImageRequest request, Call call) {
        return whole(call, ImageResponse::usage, (target, providerCall) -> {
            ImageResponse response = target.provider().images().orElseThrow().generate(request, providerCall);
            if (response.images().isEmpty()) {
                throw Failures.unreadable("it has no picture", null);
            }
            return response.toBuilder()
                    .model(call.modelName(target))
                    .usage(prices.priced(
                            response.usage().orElse(null),
                            target,
                            response.images().size()))
                    .build();
        });
    }

    /** Opens a stream and reads up to its first content, so that what comes back is committed to. */
    public Outcome<AnswerStream> stream(ChatRequest request, Call call) {
        Outcome<AnswerStream> outcome = hedge.run(call, other -> streamOnce(request, other), AnswerStream::close);
        if (call.policy().midStream() == FailoverPolicy.MidStream.RESUME
                && ResumingStream.canResume(request)
                && outcome instanceof Outcome.Answered<AnswerStream> answered) {
            return new Outcome.Answered<>(new ResumingStream(this, request, call, answered), answered.trace());
        }
        return outcome;
    }

    private @Nullable Usage priced(Optional<Usage> usage, Target target) {
        return usage.map(taken -> prices.priced(taken, target)).orElse(null);
    }

    private <T> Outcome<T> whole(Call call, Function<T, Optional<Usage>> usage, Attempter<T> attempter) {
        Timeouts timeouts = call.policy().timeouts();
        Timeouts limits = timeouts.withHeaders(timeouts.total());
        return hedge.run(call, other -> wholeOnce(other, limits, usage, attempter), discarded -> {});
    }

    private <T> Outcome<T> wholeOnce(
            Call call, Timeouts timeouts, Function<T, Optional<Usage>> usage, Attempter<T> attempter) {
        CallRun<T> run = new CallRun<>(this, call, timeouts, attempter);
        Outcome<T> outcome = run.run();
        if (outcome instanceof Outcome.Answered<T> answered) {
            run.servedAttempt()
                    .ended(usage.apply(answered.value()).map(Usage::totalTokens).orElse(0L));
        }
        return outcome;
    }

    private Outcome<AnswerStream> streamOnce(ChatRequest request, Call call) {
        return streamOnce(call, (target, providerCall) -> open(request, call, target, providerCall));
    }

    /** A stream by other attempts than the usual ones, without a hedge. */
    Outcome<AnswerStream> streamOnce(Call call, Attempter<AnswerStream> attempter) {
        CallRun<AnswerStream> run = new CallRun<>(this, call, call.policy().timeouts(), attempter);
        Outcome<AnswerStream> outcome = run.run();
        if (outcome instanceof Outcome.Answered<AnswerStream> answered
                && answered.value() instanceof CommittedStream stream) {
            stream.servedBy(run.servedAttempt());
        }
        return outcome;
    }

    /** One attempt at a stream, up to its first content. */
    AnswerStream open(ChatRequest request, Call call, Target target, ProviderCall providerCall) {
        return CommittedStream.open(
                target.provider().stream(request, providerCall),
                providerCall,
                request,
                call.modelName(target),
                usage -> prices.priced(usage, target));
    }

    /**
     * Says which key and target would serve a call, and what stands against each other one, without sending anything.
     *
     * @param screening which of the call's targets can serve it at all
     */
    public Explanation explain(Call call, Screening screening) {
        List<Explanation.TargetOutlook> targets = new ArrayList<>();
        for (Target target : call.targets()) {
            List<Explanation.Candidate> candidates = new ArrayList<>();
            if (call.callerKeys().containsKey(target.providerId())) {
                candidates.add(new Explanation.Candidate(KeySource.CALLER, null, "caller's key", false, null, null));
            }
            outlook(storedKeys, call.owner(), target, call)
                    .forEach(key -> candidates.add(Explanation.Candidate.of(KeySource.STORED, key)));
            outlook(environmentKeys, environment, target, call)
                    .forEach(key -> candidates.add(Explanation.Candidate.of(KeySource.ENVIRONMENT, key)));
            targets.add(new Explanation.TargetOutlook(
                    target.providerId(),
                    target.model(),
                    screening
                            .obstacle(target)
                            .map(need -> "the model cannot " + need.ability().words() + ", which '" + need.field()
                                    + "' asks for")
                            .orElse(null),
                    endpoints.breaker(target).openUntil().orElse(null),
                    candidates));
        }
        return new Explanation(targets);
    }

    private static List<KeyOutlook> outlook(KeyRing ring, Owner owner, Target target, Call call) {
        try {
            return ring.outlook(
                    owner, target.providerId(), target.model(), call.policy().selection(), call.affinity());
        } catch (KeyStoreException e) {
            return List.of();
        }
    }
}
