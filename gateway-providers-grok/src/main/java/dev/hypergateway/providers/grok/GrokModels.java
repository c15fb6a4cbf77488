package dev.hypergateway.providers.grok;

import dev.hypergateway.provider.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The models in {@code models.csv}. Stateless. */
final class GrokModels {
    private static final String RESOURCE = "models.csv";
    private static final String OWNER = "xai";

    private GrokModels() {}

    static List<Model> shipped() {
        try (InputStream in = Objects.requireNonNull(GrokModels.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(GrokModels::model)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Model model(String line) {
        String[] columns = line.split(",", -1);
        if (columns.length != 4) {
            throw new IllegalStateException(RESOURCE + " needs four columns: " + line);
        }
        String created = optional(columns[1]);
        String window = optional(columns[2]);
        return new Model(
                columns[0],
                OWNER,
                created == null ? null : Instant.ofEpochSecond(Long.parseLong(created)),
                window == null ? null : Integer.valueOf(window),
                null,
                columns[3].isEmpty() ? List.of() : List.of(columns[3].split(" ")));
    }

    private static @Nullable String optional(String column) {
        return column.isEmpty() ? null : column;
    }
}
