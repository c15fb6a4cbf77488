package dev.hypergateway.transport;

import java.time.Duration;

/** Sends requests to vendors. Thread-safe; share one per process. */
public final class UpstreamClient implements AutoCloseable {
    private UpstreamClient(Builder builder) {}

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @throws TransportException when there is no complete answer
     */
    public UpstreamResponse send(UpstreamRequest request, AttemptControl control) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends a request and returns as soon as the header fields have arrived.
     *
     * @throws TransportException when no status line comes
     */
    public UpstreamStream open(UpstreamRequest request, AttemptControl control) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    /** Configures an {@link UpstreamClient}. Not thread-safe. */
    public static final class Builder {
        private Builder() {}

        public Builder connectTimeout(Duration value) {
            return this;
        }

        public UpstreamClient build() {
            return new UpstreamClient(this);
        }
    }
}
