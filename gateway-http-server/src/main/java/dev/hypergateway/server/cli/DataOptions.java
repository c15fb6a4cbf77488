package dev.hypergateway.server.cli;

import dev.hypergateway.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the standalone server keeps its data. */
final class DataOptions {
    static final String DATA_DIR = "HYPER_DATA_DIR";

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "Database and master key (HYPER_DATA_DIR, else ~/.hyper-gateway).")
    private @Nullable String dataDir;

    /** The settings by environment-variable name: command line over environment over {@code .env}. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(Settings.load());
        if (dataDir != null) {
            settings.put(DATA_DIR, dataDir);
        }
        return settings;
    }
}
