package dev.hypergateway.provider;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * How a provider is addressed and configured. Immutable.
 *
 * @param id id in storage, configuration and URLs, for example {@code xai}
 * @param displayName name for people, for example {@code X.AI (Grok)}
 * @param prefixes model prefixes without the slash; the first one is shown in model lists
 * @param nameHints words that name the vendor inside a model name without a prefix, in lower case
 * @param defaultBaseUri where the API lives unless configured otherwise, without a slash at the end
 * @param baseUriSetting environment variable that moves the API, for example {@code XAI_API_BASE_URL}
 * @param keySetting environment variable that holds keys, separated by commas
 * @param keyHeader HTTP header in which a client may hand over a key of its own
 */
public record ProviderDescriptor(
        String id,
        String displayName,
        List<String> prefixes,
        List<String> nameHints,
        URI defaultBaseUri,
        String baseUriSetting,
        String keySetting,
        String keyHeader) {
    public ProviderDescriptor {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        prefixes = List.copyOf(prefixes);
        nameHints = List.copyOf(nameHints);
        Objects.requireNonNull(defaultBaseUri, "defaultBaseUri");
        Objects.requireNonNull(baseUriSetting, "baseUriSetting");
        Objects.requireNonNull(keySetting, "keySetting");
        Objects.requireNonNull(keyHeader, "keyHeader");
        if (prefixes.isEmpty()) {
            throw new IllegalArgumentException("provider " + id + " needs at least one model prefix");
        }
    }

    /** The prefix of model references in lists, for example {@code x-ai}. */
    public String prefix() {
        return prefixes.get(0);
    }
}
