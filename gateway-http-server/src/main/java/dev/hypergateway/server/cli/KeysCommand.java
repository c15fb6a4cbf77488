package dev.hypergateway.server.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys}: the stored vendor keys. Works while a server runs on the same data, which notices within a second. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Manage the stored vendor keys, also while the server runs.",
        subcommands = {KeysAddCommand.class, KeysListCommand.class, KeysRemoveCommand.class})
final class KeysCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    KeysCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Say what to do with the keys: add, list or remove.");
    }
}
