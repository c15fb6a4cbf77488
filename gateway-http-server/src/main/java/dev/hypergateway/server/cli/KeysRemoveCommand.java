package dev.hypergateway.server.cli;

import dev.hypergateway.key.Owner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keys remove}: deletes a stored vendor key. */
@Command(name = "remove", mixinStandardHelpOptions = true, description = "Delete a stored vendor key.")
final class KeysRemoveCommand implements Runnable {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Parameters(paramLabel = "ID", description = "The id that keys list shows.")
    private String id = "";

    KeysRemoveCommand() {}

    @Override
    public void run() {
        ConsoleLog.quiet();
        try (Installation installation = Installation.open(data.settings())) {
            if (!installation.gateway().keys().delete(Owner.LOCAL, id)) {
                throw new CommandFailure("no stored key has this id; see: keys list");
            }
            System.out.println("Deleted " + id);
        }
    }
}
