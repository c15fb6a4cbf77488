package dev.hypergateway.server.cli;

import dev.hypergateway.Gateway;
import dev.hypergateway.key.KeyStatus;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.server.Authenticator;
import dev.hypergateway.server.GatewayServer;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: answers until the process is stopped. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serve until stopped (the default).")
final class ServeCommand implements Runnable {
    @Mixin
    private final ServeOptions options;

    ServeCommand() {
        this(new ServeOptions());
    }

    ServeCommand(ServeOptions options) {
        this.options = options;
    }

    @Override
    public void run() {
        PrintStream out = System.out;
        Map<String, String> settings = options.settings();
        Installation installation = Installation.begin(settings);
        FutureTask<Authenticator> callers =
                new FutureTask<>(() -> GatewayKeySetup.authenticator(installation.gatewayKeys(), settings, out));
        GatewayServer server = GatewayServer.builder()
                .gateway(installation.gateway())
                .authenticator(token -> await(callers).authenticate(token))
                .auditLog(installation.auditLog())
                .database(installation::isReachable)
                .host(ServeOptions.host(settings))
                .port(ServeOptions.port(settings))
                .settings(settings)
                .allowedOrigins(ServeOptions.corsOrigins(settings))
                .build();
        try {
            server.start();
            callers.run();
            await(callers);
        } catch (RuntimeException e) {
            server.close();
            installation.close();
            throw e;
        }
        installation.completeAuditTrail();
        installation.gateway().refreshModels(Owner.LOCAL);
        out.println(
                "Hyper AI Gateway " + GatewayServer.version() + " listens on " + server.uri() + " (Ctrl-C stops it)");
        out.println("Data: " + installation.place());
        out.println("Vendor keys: " + vendorKeys(installation.gateway(), settings));
        out.println("Try: curl " + server.uri() + "/v1/models -H 'Authorization: Bearer sk-…'");
        out.flush();
        ProcessEnd.await(() -> {
            server.close();
            installation.close();
        });
    }

    /** Callers that come before the database is open wait for it. */
    private static Authenticator await(FutureTask<Authenticator> callers) {
        return OpeningDatabase.await(callers, "the gateway keys could not be read");
    }

    /** For example {@code google 2 stored, xai 1 in XAI_API_KEY}. */
    private static String vendorKeys(Gateway gateway, Map<String, String> settings) {
        List<KeyStatus> stored = gateway.keys().list(Owner.LOCAL);
        String found = gateway.providers().stream()
                .map(provider -> vendorKeys(provider, stored, settings))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? "none yet; add one with: java -jar hyper-gateway.jar keys add google" : found;
    }

    private static String vendorKeys(
            ProviderDescriptor provider, List<KeyStatus> stored, Map<String, String> settings) {
        long count = stored.stream()
                .filter(status -> status.key().provider().equals(provider.id()))
                .count();
        boolean inEnvironment =
                !settings.getOrDefault(provider.keySetting(), "").isBlank();
        if (count == 0 && !inEnvironment) {
            return "";
        }
        return provider.id()
                + (count == 0 ? "" : " " + count + " stored")
                + (count > 0 && inEnvironment ? " and" : "")
                + (inEnvironment ? " in " + provider.keySetting() : "");
    }
}
