package dev.hypergateway.providers.sonar;

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
final class SonarModels {
    private static final String RESOURCE = "models.csv";
    private static final String OWNER = "perplexity";

    private SonarModels() {}

    static List<Model> shipped() {
        try (InputStream in = Objects.requireNonNull(SonarModels.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(SonarModels::model)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Model model(String line) {
        String[] columns = line.split(",", -1);
        if (columns.length != 5) {
            throw new IllegalStateException(RESOURCE + " needs five columns: " + line);
        }
        String created = optional(columns[1]);
        return new Model(
                columns[0],
                OWNER,
                created == null ? null : Instant.ofEpochSecond(Long.parseLong(created)),
                number(columns[2]),
                number(columns[3]),
                columns[4].isEmpty() ? List.of() : List.of(columns[4].split(" ")));
    }

    private static @Nullable Integer number(String column) {
        return column.isEmpty() ? null : Integer.valueOf(column);
    }

    private static @Nullable String optional(String column) {
        return column.isEmpty() ? null : column;
    }
}
