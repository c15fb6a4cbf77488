package dev.hypergateway.server.demo;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.AuditListener;
import dev.hypergateway.audit.InMemoryAuditLog;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.Owner;
import dev.hypergateway.server.GatewayServer;
import dev.hypergateway.testkit.VendorSandbox;
import java.net.URI;
import java.util.List;

/** A running gateway in front of sandbox vendors. Nothing leaves the machine and nothing is kept. Thread-safe. */
public final class Demo implements AutoCloseable {
    private static final List<String> PROVIDERS = List.of("google", "xai");

    private final VendorSandbox sandbox;
    private final Gateway gateway;
    private final GatewayServer server;

    private Demo(VendorSandbox sandbox, Gateway gateway, GatewayServer server) {
        this.sandbox = sandbox;
        this.gateway = gateway;
        this.server = server;
    }

    /**
     * Starts vendors, gateway and server.
     *
     * @param host address to listen on
     * @param port port to listen on, 0 for a free one
     * @param trail hears what happens to keys
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public static Demo start(String host, int port, AuditListener trail) {
        VendorSandbox sandbox = VendorSandbox.start();
        DemoVendors.script(sandbox);
        KeyStore store = new InMemoryKeyStore();
        PROVIDERS.stream()
                .flatMap(provider -> DemoVendors.keys(provider).stream())
                .forEach(key -> store.add(Owner.LOCAL, key));
        InMemoryAuditLog auditLog = new InMemoryAuditLog();
        Gateway gateway = Gateway.builder()
                .settings(sandbox.settings())
                .keyStore(store)
                .auditListener(auditLog)
                .auditListener(trail)
                .build();
        try {
            GatewayServer server = GatewayServer.builder()
                    .gateway(gateway)
                    .auditLog(auditLog)
                    .host(host)
                    .port(port)
                    .build()
                    .start();
            return new Demo(sandbox, gateway, server);
        } catch (RuntimeException e) {
            gateway.close();
            sandbox.close();
            throw e;
        }
    }

    /** Where the gateway listens. */
    public URI uri() {
        return server.uri();
    }

    /** The key that it accepts. */
    public String gatewayKey() {
        return server.gatewayKey().orElseThrow();
    }

    @Override
    public void close() {
        server.close();
        gateway.close();
        sandbox.close();
    }
}
