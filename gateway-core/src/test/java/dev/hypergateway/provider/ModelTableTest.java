package dev.hypergateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelTableTest {
    @Test
    void a_row_may_say_everything_or_no_more_than_its_id() {
        List<Model> models = read("""
                {"owned_by": "acme", "sources": "the vendor", "models": [
                  {"id": "large", "aliases": ["big"], "created": 5, "context": 1000, "output": 100, "reads": ["text", "image"],
                   "makes": ["text"], "can": ["vision", "tools"], "retirement": "2027-01-31",
                   "pricing": {"currency": "USD", "as_of": "2026-08-01", "input": 1.5, "output": 2}},
                  {"id": "small"}
                ]}""");

        assertThat(models.get(0))
                .isEqualTo(new Model("large", "acme", Instant.ofEpochSecond(5), 1000, 100, List.of("big"))
                        .withModalities(Set.of(Modality.TEXT, Modality.IMAGE), Set.of(Modality.TEXT))
                        .withCapabilities(Set.of(Capability.TOOLS, Capability.VISION))
                        .withPricing(Pricing.of("USD", LocalDate.of(2026, 8, 1), "1.5", "2"))
                        .withRetirement(LocalDate.of(2027, 1, 31)));
        assertThat(models.get(0).can(Capability.TOOLS)).isTrue();
        assertThat(models.get(1)).isEqualTo(new Model("small", "acme", null, null));
    }

    @Test
    void a_mistake_is_told_with_its_place() {
        assertThatThrownBy(() -> read("""
                        {"owned_by": "acme", "sources": "", "models": [{"id": "a"}, {"id": "b", "can": ["fly"],
                          "pricing": {"currency": "USD", "as_of": "2026-08-01", "input": -1, "output": 2}}]}"""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("models[1].can[0]: expected one of [streaming,")
                .hasMessageContaining("models[1].pricing: refused: input must not be negative");
    }

    private static List<Model> read(String table) {
        return ModelTable.read(new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)));
    }
}
