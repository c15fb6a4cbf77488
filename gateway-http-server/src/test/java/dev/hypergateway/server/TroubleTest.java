package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Trouble inside the house. */
class TroubleTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void an_unexpected_failure_is_a_500_that_names_the_request_and_nothing_else() throws Exception {
        Authenticator broken = token -> {
            throw new IllegalStateException("a detail that is nobody's business");
        };
        try (RunningGateway running = new RunningGateway(builder -> builder.authenticator(broken))) {
            HttpResponse<String> response = running.chat("google/gemini-2.5-flash", "hello");

            assertThat(response.statusCode()).isEqualTo(500);
            JsonNode error = JSON.readTree(response.body()).path("error");
            assertThat(error.path("type").asText()).isEqualTo("api_error");
            assertThat(error.path("message").asText())
                    .contains(response.headers().firstValue("x-request-id").orElseThrow())
                    .doesNotContain("nobody's business");
            assertThat(running.get("/api/v1/provider-keys").statusCode()).isEqualTo(500);
            assertThat(running.get("/api/v1/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void while_the_key_store_is_away_calls_are_answered_and_key_management_says_so() throws Exception {
        LosableStore store = new LosableStore();
        try (RunningGateway running = new RunningGateway(Map.of(), store, builder -> builder)) {
            running.store("google", "good-key-000000");
            store.lost = true;

            HttpResponse<String> keys = running.get("/api/v1/provider-keys");

            assertThat(keys.statusCode()).isEqualTo(503);
            assertThat(keys.headers().firstValue("retry-after")).isPresent();
            assertThat(keys.body()).contains("detail").doesNotContain("db.internal");
            assertThat(running.chat("google/gemini-2.5-flash", "hello").statusCode())
                    .isEqualTo(200);
            store.lost = false;
            assertThat(running.get("/api/v1/provider-keys").statusCode()).isEqualTo(200);
        }
    }

    /** A store that can be out of reach. */
    private static final class LosableStore implements KeyStore {
        private final KeyStore store = new InMemoryKeyStore();
        private volatile boolean lost;

        private KeyStore reach() {
            if (lost) {
                throw new KeyStoreException("the database at db.internal is out of reach", null);
            }
            return store;
        }

        @Override
        public List<ProviderKey> list(Owner owner) {
            return reach().list(owner);
        }

        @Override
        public Optional<ProviderKey> find(Owner owner, String id) {
            return reach().find(owner, id);
        }

        @Override
        public ProviderKey add(Owner owner, NewProviderKey key) {
            return reach().add(owner, key);
        }

        @Override
        public Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change) {
            return reach().update(owner, id, change);
        }

        @Override
        public boolean delete(Owner owner, String id) {
            return reach().delete(owner, id);
        }

        @Override
        public boolean select(Owner owner, String provider, @Nullable String expected, @Nullable String next) {
            return reach().select(owner, provider, expected, next);
        }

        @Override
        public List<KeyHealth> health(Owner owner) {
            return reach().health(owner);
        }

        @Override
        public void changeHealth(ProviderKey key, UnaryOperator<List<KeyHealth>> change) {
            reach().changeHealth(key, change);
        }
    }
}
