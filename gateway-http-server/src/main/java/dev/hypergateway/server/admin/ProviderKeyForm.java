package dev.hypergateway.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.server.http.InvalidField;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client wrote about a provider key. Reads and checks one field at a time; values are never repeated in errors. */
final class ProviderKeyForm {
    private static final int LONGEST_NAME = 200;

    private final ObjectNode body;

    ProviderKeyForm(ObjectNode body) {
        this.body = body;
    }

    /** The key to add for a provider. */
    NewProviderKey newKey(String provider) {
        Secret secret = secret().orElseThrow(() -> missing("api_key"));
        return new NewProviderKey(
                provider, secret, name().filter(name -> !name.isEmpty()).orElse(null));
    }

    /** The provider's id. */
    String provider() {
        return text("provider_name").orElseThrow(() -> missing("provider_name"));
    }

    /** What to change; null when neither name nor secret is mentioned. */
    @Nullable
    ProviderKeyChange change() {
        String name = name().orElse(null);
        Secret secret = secret().orElse(null);
        return name == null && secret == null ? null : new ProviderKeyChange(name, secret, null, null);
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
        if (!body.has("name")) {
            return Optional.empty();
        }
        String name = text("name").orElse("").strip();
        if (name.length() > LONGEST_NAME) {
            throw new InvalidField("body", "name", "must have at most " + LONGEST_NAME + " characters");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidField("body", "name", "must not hold control characters");
        }
        return Optional.of(name);
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
