package dev.hypergateway;

import dev.hypergateway.audit.AuditListener;
import dev.hypergateway.failover.Endpoints;
import dev.hypergateway.failover.FailoverExecutor;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.failover.ModelLists;
import dev.hypergateway.failover.TimeSource;
import dev.hypergateway.key.HealthPolicy;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.KeyAudit;
import dev.hypergateway.key.KeyRing;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.KeyStoreFactory;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.routing.ModelCatalog;
import dev.hypergateway.routing.ModelRouter;
import dev.hypergateway.routing.PriceList;
import dev.hypergateway.routing.Route;
import dev.hypergateway.routing.Target;
import dev.hypergateway.transport.ProxySettings;
import dev.hypergateway.transport.UpstreamClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Configures a {@link Gateway}. Not thread-safe. */
public final class GatewayBuilder {
    private static final String PREFILL_MODELS = "HYPER_PREFILL_MODELS";
    private static final Owner ENVIRONMENT = new Owner("environment");
    /** Vendors' pages, and the setting {@code GIGACHAT_CHAT_URL}, give the address of the chat endpoint itself. */
    private static final String CHAT_PATH = "/chat/completions";

    /** Nodes that share a store see each other's changes within a second. */
    private static final Duration KEY_REFRESH = Duration.ofMillis(500);

    private final List<ChatProvider> providers = new ArrayList<>();
    private final List<AuditListener> listeners = new ArrayList<>();
    private final List<CallListener> callListeners = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, Consumer<FailoverPolicy.Builder>> routeChanges = new HashMap<>();
    private final List<String> prefillModels = new ArrayList<>();
    private final Map<String, URI> baseUris = new HashMap<>();
    private final Map<String, List<String>> environmentKeys = new LinkedHashMap<>();
    private Map<String, String> settings = Map.of();
    private FailoverPolicy policy = FailoverPolicy.DEFAULTS;
    private HealthPolicy healthPolicy = HealthPolicy.DEFAULTS;
    private TimeSource time = TimeSource.SYSTEM;
    private @Nullable KeyStore keyStore;
    private @Nullable UpstreamClient http;

    GatewayBuilder() {}

    /** Adds a provider; without any, all that {@link ServiceLoader} finds are used. */
    public GatewayBuilder provider(ChatProvider provider) {
        providers.add(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /**
     * Where provider keys are kept, closed together with the gateway. Without one, a {@link KeyStoreFactory} on the class path may
     * open one that the settings ask for; else keys are kept in memory.
     */
    public GatewayBuilder keyStore(KeyStore store) {
        keyStore = Objects.requireNonNull(store, "keyStore");
        return this;
    }

    /** Adds a listener to the audit trail. */
    public GatewayBuilder auditListener(AuditListener listener) {
        listeners.add(Objects.requireNonNull(listener, "auditListener"));
        return this;
    }

    /** Adds a listener that hears of every call that is over. */
    public GatewayBuilder callListener(CallListener listener) {
        callListeners.add(Objects.requireNonNull(listener, "callListener"));
        return this;
    }

    /** Configuration by environment-variable name: keys, base addresses, proxy, settings of providers and stores. */
    public GatewayBuilder settings(Map<String, String> values) {
        settings = Map.copyOf(values);
        return this;
    }

    /** Where a provider's API lives; goes before a setting. */
    public GatewayBuilder baseUri(String provider, URI value) {
        baseUris.put(provider, checkedBaseUri("the base address of " + provider, value.toString()));
        return this;
    }

    /** Adds a key of the process, tried after all stored keys of its provider and never stored. */
    public GatewayBuilder environmentKey(String provider, String secret) {
        environmentKeys.computeIfAbsent(provider, unused -> new ArrayList<>()).add(secret);
        return this;
    }

    /** Names an ordered list of model references; the first that can answer does. */
    public GatewayBuilder route(String name, String... models) {
        routes.add(new Route(name, List.of(models)));
        return this;
    }

    /**
     * Names an ordered list of model references whose calls go otherwise about it than the gateway's others, for example
     *
     * <pre>{@code
     * builder.route(
     *         new Route("quick", List.of("x-ai/grok-4-fast", "google/gemini-2.5-flash")),
     *         policy -> policy.deadline(Duration.ofSeconds(20)).hedgeAfter(Duration.ofSeconds(2)));
     * }</pre>
     *
     * @param changes what differs from the gateway's policy, as far as the settings of the route do not say otherwise
     */
    public GatewayBuilder route(Route route, Consumer<FailoverPolicy.Builder> changes) {
        routes.add(route);
        routeChanges.put(route.name().toLowerCase(Locale.ROOT), Objects.requireNonNull(changes, "changes"));
        return this;
    }

    /** How far to go to get a call answered, as far as the settings do not say otherwise. */
    public GatewayBuilder policy(FailoverPolicy value) {
        policy = Objects.requireNonNull(value, "policy");
        return this;
    }

    /**
     * Says that models go on from the beginning of an answer that is given as the last turn of a conversation, beside those of which
     * their providers say so; used to rescue streams that break off ({@link FailoverPolicy.MidStream#RESUME}).
     *
     * @param models model references
     */
    public GatewayBuilder prefill(String... models) {
        prefillModels.addAll(List.of(models));
        return this;
    }

    /** How long failing keys are put aside. */
    public GatewayBuilder healthPolicy(HealthPolicy value) {
        healthPolicy = Objects.requireNonNull(value, "healthPolicy");
        return this;
    }

    /** How to send, closed together with the gateway; without one, the settings' proxy and the defaults hold. */
    public GatewayBuilder http(UpstreamClient client) {
        http = Objects.requireNonNull(client, "http");
        return this;
    }

    /** Replaces time itself, so that tests need not wait. */
    GatewayBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Builds the gateway.
     *
     * @throws IllegalArgumentException when a setting makes no sense; the message names it
     */
    public Gateway build() {
        List<ChatProvider> all = providers.isEmpty() ? found() : List.copyOf(providers);
        ModelCatalog catalog = ModelCatalog.of(all);
        RouteSettings routeSettings = new RouteSettings(settings);
        List<Route> allRoutes = new ArrayList<>(routes);
        allRoutes.addAll(routeSettings.routes());
        RoutePolicies policies = routeSettings.policies(
                allRoutes, routeChanges, PolicySettings.of(settings).over(policy));
        ModelRouter router = new ModelRouter(all, catalog, allRoutes);
        PriceList prices = PriceList.of(catalog, PriceFile.read(settings, router));
        Map<String, URI> addresses = addresses(all);
        KeyRing processKeys = environmentRing(all);
        UpstreamClient client = http == null ? defaultClient() : http;
        KeyAudit audit = new KeyAudit(listeners, displayNames(all), time.clock());
        KeyRing keys = ring(keyStore == null ? openedStore() : keyStore, audit, KEY_REFRESH);
        Endpoints endpoints = new Endpoints(addresses, settings, client, time.clock());
        FailoverExecutor executor = new FailoverExecutor(
                keys,
                processKeys,
                ENVIRONMENT,
                endpoints,
                prices,
                prefills(router, catalog),
                time,
                GatewayBuilder::random);
        ModelLists lists = new ModelLists(keys, processKeys, ENVIRONMENT, endpoints, time);
        return new Gateway(
                all,
                catalog,
                prices,
                router,
                executor,
                lists,
                policies,
                new CallReports(callListeners, time.nanoTime()),
                keys,
                processKeys,
                client,
                new ModelRefresh(
                        all,
                        catalog,
                        lists,
                        policies.gateway(),
                        PolicySettings.modelRefresh(settings),
                        time.nanoTime()));
    }

    private Predicate<Target> prefills(ModelRouter router, ModelCatalog catalog) {
        List<String> named = new ArrayList<>(prefillModels);
        for (String part : settings.getOrDefault(PREFILL_MODELS, "").split(",", -1)) {
            if (!part.isBlank()) {
                named.add(part.strip());
            }
        }
        Set<String> declared = new HashSet<>();
        for (String name : named) {
            List<Target> targets = router.resolve(name);
            if (targets.size() != 1) {
                throw new IllegalArgumentException(PREFILL_MODELS + " names " + name + ", which is no model");
            }
            declared.add(targets.get(0).toString().toLowerCase(Locale.ROOT));
        }
        return target -> declared.contains(target.toString().toLowerCase(Locale.ROOT))
                || catalog.can(Capability.PREFILL, target);
    }

    private static List<ChatProvider> found() {
        List<ChatProvider> found = new ArrayList<>();
        ServiceLoader.load(ChatProvider.class).forEach(found::add);
        return found;
    }

    private UpstreamClient defaultClient() {
        return UpstreamClient.builder()
                .proxy(ProxySettings.fromEnvironment(settings))
                .build();
    }

    private KeyStore openedStore() {
        for (KeyStoreFactory factory : ServiceLoader.load(KeyStoreFactory.class)) {
            Optional<KeyStore> opened = factory.open(settings);
            if (opened.isPresent()) {
                return opened.get();
            }
        }
        return new InMemoryKeyStore(time.clock());
    }

    private KeyRing ring(KeyStore store, KeyAudit audit, Duration refreshInterval) {
        return new KeyRing(store, audit, healthPolicy, time.clock(), GatewayBuilder::random, refreshInterval);
    }

    private KeyRing environmentRing(List<ChatProvider> all) {
        InMemoryKeyStore store = new InMemoryKeyStore(time.clock());
        for (ChatProvider provider : all) {
            ProviderDescriptor descriptor = provider.descriptor();
            List<String> secrets = new ArrayList<>(environmentKeys.getOrDefault(descriptor.id(), List.of()));
            for (String part :
                    settings.getOrDefault(descriptor.keySetting(), "").split(",", -1)) {
                if (!part.isBlank()) {
                    secrets.add(part);
                }
            }
            for (int i = 0; i < secrets.size(); i++) {
                String name = descriptor.keySetting() + (secrets.size() == 1 ? "" : " #" + (i + 1));
                store.add(ENVIRONMENT, new NewProviderKey(descriptor.id(), secret(name, secrets.get(i)), name));
            }
        }
        return ring(store, new KeyAudit(List.of(), Map.of(), time.clock()), Duration.ZERO);
    }

    private static Secret secret(String name, String value) {
        try {
            return Secret.of(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private Map<String, URI> addresses(List<ChatProvider> all) {
        Map<String, URI> addresses = new HashMap<>();
        for (ChatProvider provider : all) {
            ProviderDescriptor descriptor = provider.descriptor();
            String setting = settings.get(descriptor.baseUriSetting());
            if (setting != null && !setting.isBlank()) {
                addresses.put(descriptor.id(), checkedBaseUri(descriptor.baseUriSetting(), setting));
            }
        }
        addresses.putAll(baseUris);
        return addresses;
    }

    private static Map<String, String> displayNames(List<ChatProvider> all) {
        Map<String, String> names = new HashMap<>();
        all.forEach(provider ->
                names.put(provider.descriptor().id(), provider.descriptor().displayName()));
        return names;
    }

    private static URI checkedBaseUri(String name, String value) {
        String text = value.strip();
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.endsWith(CHAT_PATH)) {
            text = text.substring(0, text.length() - CHAT_PATH.length());
        }
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is not a URL; give one such as https://api.example.com/v1", e);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    name
                            + " must be an http or https URL without user, password or query, such as https://api.example.com/v1");
        }
        return uri;
    }

    private static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
