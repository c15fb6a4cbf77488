package dev.hypergateway.server.cli;

import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStatus;
import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keys list}: the stored vendor keys and their health. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List the stored vendor keys.")
final class KeysListCommand implements Runnable {
    @Mixin
    private final DataOptions data = new DataOptions();

    KeysListCommand() {}

    @Override
    public void run() {
        ConsoleLog.quiet();
        try (Installation installation = Installation.open(data.settings())) {
            List<KeyStatus> keys = installation.gateway().keys().list(Owner.LOCAL);
            if (keys.isEmpty()) {
                System.out.println("No vendor key is stored; add one with: keys add google");
                return;
            }
            TextTable table = new TextTable("ID", "PROVIDER", "NAME", "SELECTED", "CREATED", "KEY", "HEALTH");
            Instant now = Instant.now();
            keys.forEach(status -> table.row(row(status, now)));
            System.out.print(table);
        }
    }

    private static List<String> row(KeyStatus status, Instant now) {
        ProviderKey key = status.key();
        return List.of(
                key.id(),
                key.provider(),
                key.name().orElse("-"),
                key.selected() ? "yes" : "",
                key.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                hint(key),
                health(status, now));
    }

    private static String hint(ProviderKey key) {
        try {
            return key.secret().toString();
        } catch (KeyUnreadableException e) {
            return "unreadable";
        }
    }

    private static String health(KeyStatus status, Instant now) {
        List<String> troubles = new ArrayList<>();
        for (KeyHealth health : status.health()) {
            if (health.until().isAfter(now)) {
                troubles.add(health.state().name().toLowerCase(Locale.ROOT)
                        + (health.model() == null ? "" : " for " + health.model()) + " until "
                        + health.until().truncatedTo(ChronoUnit.SECONDS));
            }
        }
        return troubles.isEmpty() ? "available" : troubles.stream().collect(Collectors.joining("; "));
    }
}
