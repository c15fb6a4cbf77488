package dev.hypergateway.benchmarks.pieces;

import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.routing.ModelCatalog;
import dev.hypergateway.routing.ModelRouter;
import dev.hypergateway.routing.Route;
import dev.hypergateway.routing.Target;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A call through the whole gateway, to a vendor that costs nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WholeCall {
    private final List<ChatProvider> providers = List.of(new NoOpProvider());
    private final ModelRouter router = new ModelRouter(
            providers, ModelCatalog.of(providers), List.of(new Route("smart", List.of("noop/noop-model"))));
    private final Gateway gateway =
            Gateway.builder().provider(new NoOpProvider()).build();
    private final ChatRequest request = ChatRequest.of("noop/noop-model", "Why is the sky blue?");

    /** Stores a key. */
    @Setup
    public void store() {
        gateway.keys().add(Owner.LOCAL, new NewProviderKey("noop", Secret.of("key-number-1"), "key"));
    }

    @TearDown
    public void close() {
        gateway.close();
    }

    /** A whole answer. */
    @Benchmark
    public ChatResponse chat() {
        return gateway.chat(request);
    }

    /** A stream of 200 pieces of text. */
    @Benchmark
    public void stream(Blackhole blackhole) {
        try (ChatStream stream = gateway.stream(request)) {
            for (ChatEvent event : stream) {
                blackhole.consume(event);
            }
        }
    }

    /** A model's name with a prefix. */
    @Benchmark
    public List<Target> routePrefixed() {
        return router.resolve("noop/noop-model");
    }

    /** A bare name of the catalogue. */
    @Benchmark
    public List<Target> routeBare() {
        return router.resolve("noop-model");
    }

    /** The name of a route. */
    @Benchmark
    public List<Target> routeNamed() {
        return router.resolve("smart");
    }
}
