package dev.hypergateway.failover;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.routing.Target;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Where providers live and how their endpoints do. Thread-safe. */
public final class Endpoints {
    private final Map<URI, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final Map<String, URI> baseUris;
    private final Map<String, String> settings;
    private final UpstreamClient http;
    private final Clock clock;

    /**
     * @param baseUris addresses by provider id that differ from the providers' own
     * @param settings configuration by environment-variable name
     * @param http how to send
     * @param clock the present
     */
    public Endpoints(Map<String, URI> baseUris, Map<String, String> settings, UpstreamClient http, Clock clock) {
        this.baseUris = Map.copyOf(baseUris);
        this.settings = Map.copyOf(settings);
        this.http = Objects.requireNonNull(http, "http");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Where a provider's API lives. */
    public URI baseUri(ProviderDescriptor provider) {
        return baseUris.getOrDefault(provider.id(), provider.defaultBaseUri());
    }

    /** The breaker of a target's endpoint. */
    public CircuitBreaker breaker(Target target) {
        return breakers.computeIfAbsent(baseUri(target.provider().descriptor()), unused -> new CircuitBreaker(clock));
    }

    ProviderCall call(Target target, Credential credential, AttemptControl control) {
        return new ProviderCall(
                target.model(), credential, baseUri(target.provider().descriptor()), http, control, settings);
    }
}
