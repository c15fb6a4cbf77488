package dev.hypergateway;

import dev.hypergateway.provider.Model;
import java.util.Objects;

/**
 * A model that can be named in a call.
 *
 * @param reference what to write into {@code model}, for example {@code google/gemini-2.5-flash}
 * @param provider provider id
 * @param model the vendor's description
 */
public record ListedModel(String reference, String provider, Model model) {
    public ListedModel {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(model, "model");
    }
}
