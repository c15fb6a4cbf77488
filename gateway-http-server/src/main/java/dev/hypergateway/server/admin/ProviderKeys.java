package dev.hypergateway.server.admin;

import dev.hypergateway.Gateway;
import dev.hypergateway.failover.KeyTest;
import dev.hypergateway.key.KeyStatus;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.InvalidField;
import dev.hypergateway.server.http.Json;
import dev.hypergateway.server.http.Problem;
import dev.hypergateway.server.http.Reply;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/provider-keys}: the caller's keys at the vendors. Thread-safe. */
public final class ProviderKeys {
    private final Gateway gateway;
    private final Clock clock;

    public ProviderKeys(Gateway gateway, Clock clock) {
        this.gateway = gateway;
        this.clock = clock;
    }

    /** Adds a key; the first one of its provider becomes the selected one. */
    public void add(Exchange exchange) throws IOException {
        ProviderKeyForm form = new ProviderKeyForm(Json.object(exchange.body()));
        String provider = form.provider();
        requireProvider(provider, "Invalid provider name. Must be one of: " + String.join(", ", providers()));
        NewProviderKey added = form.newKey(provider);
        ProviderKey key = gateway.keys().add(exchange.owner(), added);
        exchange.reply(Json.reply(201, info(new KeyStatus(key, List.of(), List.of()))));
    }

    /** Lists all keys, or those of one provider, oldest first. */
    public void list(Exchange exchange) throws IOException {
        Optional<String> provider = exchange.query().get("provider");
        exchange.reply(Json.reply(
                200,
                gateway.keys().list(exchange.owner()).stream()
                        .filter(status -> provider.isEmpty()
                                || provider.get().equals(status.key().provider()))
                        .map(this::info)
                        .toList()));
    }

    /** Shows one key. */
    public void show(Exchange exchange) throws IOException {
        exchange.reply(Json.reply(200, info(find(exchange))));
    }

    /** Changes name, secret or selection of a key; what is not mentioned stays. */
    public void change(Exchange exchange) throws IOException {
        String id = find(exchange).key().id();
        ProviderKeyForm form = new ProviderKeyForm(Json.object(exchange.body()));
        Optional<Boolean> selected = form.selected();
        ProviderKeyChange change = form.change();
        if (change != null
                && gateway.keys().update(exchange.owner(), id, change).isEmpty()) {
            throw notFound();
        }
        if (selected.isPresent()) {
            Optional<ProviderKey> key = selected.get()
                    ? gateway.keys().select(exchange.owner(), id)
                    : gateway.keys().unselect(exchange.owner(), id);
            if (key.isEmpty()) {
                throw notFound();
            }
        }
        exchange.reply(Json.reply(200, info(find(exchange))));
    }

    /** Makes a key available again at once. */
    public void revive(Exchange exchange) throws IOException {
        if (gateway.keys().revive(exchange.owner(), exchange.variable()).isEmpty()) {
            throw notFound();
        }
        exchange.reply(Json.reply(200, info(find(exchange))));
    }

    /** Asks the vendor whether it accepts a key, which costs nothing. */
    public void test(Exchange exchange) throws IOException {
        KeyTest test = gateway.testKey(exchange.owner(), exchange.variable()).orElseThrow(ProviderKeys::notFound);
        Failure failure = test.failure();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("accepted", test.accepted());
        answer.put("models", test.models());
        answer.put("duration_ms", test.duration().toMillis());
        answer.put("failure", failure == null ? null : failure.kind().name().toLowerCase(Locale.ROOT));
        answer.put("message", failure == null ? null : failure.message());
        answer.put("key", info(find(exchange)));
        exchange.reply(Json.reply(200, answer));
    }

    /** Deletes one key. */
    public void delete(Exchange exchange) throws IOException {
        if (!gateway.keys().delete(exchange.owner(), exchange.variable())) {
            throw notFound();
        }
        exchange.reply(Reply.empty(204));
    }

    /** Deletes all keys of the provider that the query names. */
    public void deleteAll(Exchange exchange) throws IOException {
        String provider = exchange.query()
                .get("provider_name")
                .orElseThrow(() -> new InvalidField("query", "provider_name", "is required"));
        requireProvider(provider, "Invalid provider name specified for deletion.");
        gateway.keys().deleteAll(exchange.owner(), provider);
        exchange.reply(Reply.empty(204));
    }

    private KeyStatus find(Exchange exchange) {
        return gateway.keys().find(exchange.owner(), exchange.variable()).orElseThrow(ProviderKeys::notFound);
    }

    private Map<String, Object> info(KeyStatus status) {
        return ProviderKeyInfo.of(status, clock.instant());
    }

    private void requireProvider(String id, String complaint) {
        if (!providers().contains(id)) {
            throw new Problem(400, "invalid_provider", "provider_name", complaint);
        }
    }

    private List<String> providers() {
        return gateway.providers().stream().map(ProviderDescriptor::id).toList();
    }

    private static Problem notFound() {
        return new Problem(404, "not_found", "Provider key not found");
    }
}
