package dev.hypergateway.provider;

import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that a provider needs for one attempt beside the request. Immutable but for the running {@link AttemptControl}.
 *
 * @param model the vendor's name of the model, without a prefix
 * @param credential the key to use
 * @param baseUri where the API lives, without a slash at the end
 * @param http how to send
 * @param control the limits of this attempt
 * @param settings configuration by environment-variable name, for settings of the provider's own
 * @param ignored where {@link #ignore} writes down what is left out
 */
public record ProviderCall(
        String model,
        Credential credential,
        URI baseUri,
        UpstreamClient http,
        AttemptControl control,
        Map<String, String> settings,
        Set<String> ignored) {
    public ProviderCall {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(baseUri, "baseUri");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(control, "control");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(ignored, "ignored");
    }

    /** A call that has left nothing out yet. */
    public ProviderCall(
            String model,
            Credential credential,
            URI baseUri,
            UpstreamClient http,
            AttemptControl control,
            Map<String, String> settings) {
        this(model, credential, baseUri, http, control, settings, ConcurrentHashMap.newKeySet());
    }

    /**
     * Says that a field of the request is left out because the vendor cannot express it, which the caller is told. Only for fields
     * whose absence does not change what the answer means; others are refused.
     *
     * @param field the field in OpenAI's name for it, for example {@code metadata}
     */
    public void ignore(String field) {
        ignored.add(field);
    }

    /** A setting of the provider's own. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** The address below the base, for example {@code endpoint("/chat/completions")}. */
    public URI endpoint(String path) {
        return URI.create(baseUri + path);
    }
}
