package dev.hypergateway.provider;

import dev.hypergateway.json.JsonName;
import dev.hypergateway.json.JsonRecord;
import dev.hypergateway.json.JsonShapeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table of models that a provider ships as a resource: a JSON object with {@code owned_by}, {@code sources} for people to
 * read, and {@code models}. Only the {@code id} of a model is required; what is left out is not known. Stateless.
 */
public final class ModelTable {
    private ModelTable() {}

    /**
     * Reads a table and closes it.
     *
     * @throws IllegalStateException when the table is not one; the message names the place
     */
    public static List<Model> read(InputStream table) {
        try (table) {
            File file = JsonRecord.of(File.class).read(new String(table.readAllBytes(), StandardCharsets.UTF_8));
            return file.models().stream().map(row -> row.model(file.ownedBy())).toList();
        } catch (JsonShapeException e) {
            throw new IllegalStateException("the table of models cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record File(@JsonName("owned_by") String ownedBy, String sources, List<Row> models) {}

    record Row(
            String id,
            @Nullable List<String> aliases,
            @Nullable Long created,
            @Nullable Integer context,
            @Nullable Integer output,
            @Nullable Set<Modality> reads,
            @Nullable Set<Modality> makes,
            @Nullable Set<Capability> can,
            @Nullable Pricing pricing,
            @Nullable LocalDate retirement) {
        Model model(String ownedBy) {
            return new Model(
                    id,
                    ownedBy,
                    created == null ? null : Instant.ofEpochSecond(created),
                    context,
                    output,
                    aliases == null ? List.of() : aliases,
                    reads == null ? Set.of() : reads,
                    makes == null ? Set.of() : makes,
                    can == null ? Set.of() : can,
                    pricing,
                    retirement);
        }
    }
}
