package dev.hypergateway.openai;

import dev.hypergateway.json.JsonName;
import dev.hypergateway.json.JsonText;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Modality;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One model of a list as clients see it. Immutable.
 *
 * @param id the name to put into requests, for example {@code google/gemini-2.5-flash}
 * @param created when it appeared; null (written as 0) when not known
 * @param ownedBy who made it
 * @param contextWindow most tokens of prompt; null (written as null) when not known
 * @param extra further fields, written as they are
 */
public record ModelEntry(
        String id,
        @Nullable Instant created,
        String ownedBy,
        @Nullable Integer contextWindow,
        Map<String, Object> extra) {
    public ModelEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ownedBy, "ownedBy");
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /**
     * A model with everything that is known of it. Prices are per million tokens.
     *
     * @param id the name to put into requests
     */
    public static ModelEntry of(String id, Model model) {
        Map<String, Object> extra = new LinkedHashMap<>(JsonText.fields(new Details(
                model.outputLimit(),
                model.aliases(),
                model.inputs(),
                model.outputs(),
                model.capabilities(),
                model.pricing(),
                model.retirement())));
        return new ModelEntry(id, model.created(), model.ownedBy(), model.contextWindow(), extra);
    }

    record Details(
            @JsonName("max_output_tokens") @Nullable Integer outputLimit,
            List<String> aliases,
            @JsonName("input_modalities") Set<Modality> inputs,
            @JsonName("output_modalities") Set<Modality> outputs,
            Set<Capability> capabilities,
            @Nullable Pricing pricing,
            @Nullable LocalDate retirement) {}
}
