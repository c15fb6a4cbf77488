package dev.hypergateway.provider;

import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;

/**
 * What a {@link ChatProvider} that also turns texts into vectors gives out. Under the same rules: it maps one attempt, and never
 * retries, waits or chooses keys. Thread-safe.
 */
@FunctionalInterface
public interface EmbeddingProvider {

    /**
     * Asks for one vector for each input. The response's model may be any name; the gateway puts the caller's own there.
     *
     * @param request what the caller asked, with at least one input; its {@code model()} is the caller's name, not the vendor's
     * @throws ProviderException when the attempt fails, with the vendor's error classified
     */
    EmbeddingResponse embed(EmbeddingRequest request, ProviderCall call);
}
