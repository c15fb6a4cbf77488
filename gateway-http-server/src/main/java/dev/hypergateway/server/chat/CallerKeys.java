package dev.hypergateway.server.chat;

import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Vendor keys that a client hands over with a request, in headers such as {@code X-Google-API-Key}. Stateless. */
final class CallerKeys {
    private CallerKeys() {}

    /**
     * The keys by provider id.
     *
     * @throws Problem with status 400 that names the header when its value cannot be a key; the value is not repeated
     */
    static Map<String, Secret> of(Exchange exchange, List<ProviderDescriptor> providers) {
        Map<String, Secret> keys = new HashMap<>();
        for (ProviderDescriptor provider : providers) {
            List<String> sent = exchange.headers(provider.keyHeader());
            Set<String> values = sent.isEmpty() ? Set.of() : Set.copyOf(sent);
            if (values.size() > 1) {
                throw malformed(provider.keyHeader(), "it was sent more than once with different values; send one");
            }
            for (String value : values) {
                try {
                    keys.put(provider.id(), Secret.of(value));
                } catch (IllegalArgumentException e) {
                    throw malformed(provider.keyHeader(), e.getMessage() + "; or leave the header out");
                }
            }
        }
        return keys;
    }

    private static Problem malformed(String header, String why) {
        return new Problem(400, "invalid_header", header, "The header " + header + " holds no key: " + why + ".");
    }
}
