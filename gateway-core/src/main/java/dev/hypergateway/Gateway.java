package dev.hypergateway;

import dev.hypergateway.audit.AuditListener;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.key.KeyRing;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.ProviderDescriptor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers chat calls with whichever key and vendor can. Thread-safe; one per process is enough. */
public final class Gateway implements AutoCloseable {
    private Gateway(Builder builder) {}

    public static Builder builder() {
        return new Builder();
    }

    /** A gateway configured by environment variables and a {@code .env} file, with an in-memory key store. */
    public static Gateway fromEnv() {
        throw new UnsupportedOperationException();
    }

    /** Asks one question and waits for the whole answer. */
    public ChatResponse chat(String model, String prompt) {
        return chat(ChatRequest.of(model, prompt));
    }

    /** Asks and waits for the whole answer. */
    public ChatResponse chat(ChatRequest request) {
        return chat(request, CallOptions.DEFAULT);
    }

    /** Asks on somebody's behalf and waits for the whole answer. */
    public ChatResponse chat(ChatRequest request, CallOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Asks for a streamed answer; nothing is sent before the stream is read. */
    public ChatStream stream(ChatRequest request) {
        return stream(request, CallOptions.DEFAULT);
    }

    /** Asks for a streamed answer on somebody's behalf; nothing is sent before the stream is read. */
    public ChatStream stream(ChatRequest request, CallOptions options) {
        throw new UnsupportedOperationException();
    }

    /** The models that can be named, without asking any vendor. */
    public List<ListedModel> models() {
        throw new UnsupportedOperationException();
    }

    /** A model by the name that a call would use: with any accepted prefix, or bare. */
    public Optional<ListedModel> model(String name) {
        throw new UnsupportedOperationException();
    }

    /** The providers in use, in the order in which they were found. */
    public List<ProviderDescriptor> providers() {
        throw new UnsupportedOperationException();
    }

    /** The stored keys: to list, add, change, select and delete. */
    public KeyRing keys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    /** Configures a {@link Gateway}. Not thread-safe. */
    public static final class Builder {
        private Builder() {}

        /** Adds a provider; without any, all that {@link java.util.ServiceLoader} finds are used. */
        public Builder provider(ChatProvider provider) {
            return this;
        }

        /** Where provider keys are kept; without one, in memory. The gateway closes it. */
        public Builder keyStore(KeyStore store) {
            return this;
        }

        /** Adds a listener to the audit trail. */
        public Builder auditListener(AuditListener listener) {
            return this;
        }

        /** Configuration by environment-variable name: base addresses, environment keys, settings of providers. */
        public Builder settings(Map<String, String> values) {
            return this;
        }

        /** Where a provider's API lives, for this gateway. */
        public Builder baseUri(String provider, URI value) {
            return this;
        }

        /** Adds a key of the process, tried after all stored keys of its provider. */
        public Builder environmentKey(String provider, String secret) {
            return this;
        }

        /** Names an ordered list of model references. */
        public Builder route(String name, String... models) {
            return this;
        }

        public Gateway build() {
            return new Gateway(this);
        }
    }
}
