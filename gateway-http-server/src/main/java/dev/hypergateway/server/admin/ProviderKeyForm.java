package dev.hypergateway.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.key.KeyLimits;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.server.http.InvalidField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client wrote about a provider key. Reads and checks one field at a time; values are never repeated in errors. */
final class ProviderKeyForm {
    private static final int LONGEST_NAME = 200;

    private static final ProviderKeyChange NOTHING = new ProviderKeyChange(null, null, null, null);

    private final ObjectNode body;

    ProviderKeyForm(ObjectNode body) {
        this.body = body;
    }

    /** The key to add for a provider. */
    NewProviderKey newKey(String provider) {
        Secret secret = secret().orElseThrow(() -> missing("api_key"));
        return new NewProviderKey(
                provider,
                secret,
                name().filter(name -> !name.isEmpty()).orElse(null),
                label("account").filter(account -> !account.isEmpty()).orElse(null),
                attributes().orElse(Map.of()));
    }

    /** The provider's id. */
    String provider() {
        return text("provider_name").orElseThrow(() -> missing("provider_name"));
    }

    /** What to change; null when nothing but the selection is mentioned. */
    @Nullable
    ProviderKeyChange change() {
        ProviderKeyChange change = new ProviderKeyChange(
                name().orElse(null),
                secret().orElse(null),
                label("account").orElse(null),
                attributes().orElse(null));
        return change.equals(NOTHING) ? null : change;
    }

    /** Whether the key shall be the selected one; empty when not mentioned. */
    Optional<Boolean> selected() {
        JsonNode node = body.get("is_selected");
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isBoolean()) {
            throw new InvalidField("body", "is_selected", "must be true or false");
        }
        return Optional.of(node.booleanValue());
    }

    /** The name; empty text when it is given as null or blank, nothing when it is not mentioned. */
    private Optional<String> name() {
        return label("name");
    }

    /** A short text for people; empty when it is given as null or blank, nothing when it is not mentioned. */
    private Optional<String> label(String field) {
        if (!body.has(field)) {
            return Optional.empty();
        }
        String label = text(field).orElse("").strip();
        if (label.length() > LONGEST_NAME) {
            throw new InvalidField("body", field, "must have at most " + LONGEST_NAME + " characters");
        }
        if (label.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidField("body", field, "must not hold control characters");
        }
        return Optional.of(label);
    }

    /** Limits and settings of the key, see {@link KeyLimits}; numbers are taken as well as text. */
    private Optional<Map<String, String>> attributes() {
        JsonNode node = body.get("attributes");
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isObject()) {
            throw new InvalidField("body", "attributes", "must be an object of texts and numbers");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw new InvalidField("body", "attributes." + entry.getKey(), "must be a text or a number");
            }
            attributes.put(entry.getKey(), entry.getValue().asText());
        }
        try {
            KeyLimits.of(attributes);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("body", "attributes", String.valueOf(e.getMessage()));
        }
        return Optional.of(attributes);
    }

    private Optional<Secret> secret() {
        try {
            return text("api_key").map(Secret::of);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("body", "api_key", String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> text(String field) {
        JsonNode node = body.get(field);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw new InvalidField("body", field, "must be a string");
        }
        return Optional.of(node.textValue());
    }

    private static InvalidField missing(String field) {
        return new InvalidField("body", field, "is required");
    }
}
