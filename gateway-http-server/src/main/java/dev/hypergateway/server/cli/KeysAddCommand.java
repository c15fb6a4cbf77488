package dev.hypergateway.server.cli;

import dev.hypergateway.Gateway;
import dev.hypergateway.key.DuplicateKeyException;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code keys add}: stores a vendor key. The key itself is never an argument: those are seen in process lists and histories. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Store a vendor key. The key is asked for, or read from the first line of standard input.")
final class KeysAddCommand implements Runnable {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Parameters(paramLabel = "PROVIDER", description = "For example google or xai.")
    private String provider = "";

    @Option(names = "--name", paramLabel = "NAME", description = "A name to recognise the key by.")
    private @Nullable String name;

    @Option(names = "--from-env", paramLabel = "VARIABLE", description = "Take the key from this environment variable.")
    private @Nullable String variable;

    @Unmatched
    private final List<String> surplus = new ArrayList<>();

    KeysAddCommand() {}

    @Override
    public void run() {
        ConsoleLog.quiet();
        if (!surplus.isEmpty()) {
            throw new CommandFailure(
                    "keys add takes a provider and options only. Do not put the key on the command line, where"
                            + " others can see it: pipe it in, type it when asked, or use --from-env");
        }
        Map<String, String> settings = data.settings();
        try (Installation installation = Installation.open(settings)) {
            ProviderDescriptor found = find(installation.gateway());
            Secret secret = variable == null
                    ? SecretPrompt.ask(System.console(), System.in, found.displayName())
                    : SecretPrompt.fromSetting(settings, variable);
            ProviderKey key = installation
                    .gateway()
                    .keys()
                    .add(
                            Owner.LOCAL,
                            new NewProviderKey(
                                    found.id(), secret, name == null || name.isBlank() ? null : name.strip()));
            System.out.println("Stored " + key.id() + " for " + found.displayName()
                    + (key.selected() ? "; it is the selected key" : ""));
        } catch (DuplicateKeyException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private ProviderDescriptor find(Gateway gateway) {
        String wanted = provider.toLowerCase(Locale.ROOT);
        return gateway.providers().stream()
                .filter(known -> known.id().equals(wanted) || known.prefixes().contains(wanted))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("there is no such provider; use one of "
                        + gateway.providers().stream()
                                .map(ProviderDescriptor::id)
                                .collect(Collectors.joining(", "))));
    }
}
