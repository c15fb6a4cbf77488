package dev.hypergateway.provider;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.transport.Timeouts;
import java.util.List;
import java.util.Optional;

/**
 * A vendor adapter: maps requests to the vendor's wire form and its answers and errors back. Implementations are thread-safe,
 * have a public constructor without parameters, and are found through {@link java.util.ServiceLoader}. They do not retry, wait,
 * choose keys or keep state about keys; everything that differs per call comes with the {@link ProviderCall}.
 */
public interface ChatProvider {

    /** How this provider is addressed and configured; the same object every time. */
    ProviderDescriptor descriptor();

    /**
     * Asks and waits for the whole answer. The response's model may be any name; the gateway puts the caller's own there.
     *
     * @param request what the caller asked; its {@code model()} is the caller's name, not the vendor's
     * @throws ProviderException when the attempt fails, with the vendor's error classified
     */
    ChatResponse chat(ChatRequest request, ProviderCall call);

    /**
     * Asks for a streamed answer and returns when the vendor has accepted the request.
     *
     * @param request what the caller asked; its {@code model()} is the caller's name, not the vendor's
     * @throws ProviderException when the attempt fails, with the vendor's error classified
     */
    ProviderStream stream(ChatRequest request, ProviderCall call);

    /** How this provider turns texts into vectors; empty when it does not. */
    default Optional<EmbeddingProvider> embeddings() {
        return Optional.empty();
    }

    /** How this provider makes pictures; empty when it does not. */
    default Optional<ImageProvider> images() {
        return Optional.empty();
    }

    /**
     * The limits of an attempt at a model. A provider whose model is silent for long by nature raises them here; none lowers
     * them. The time left for the whole call holds in any case.
     *
     * @param model the vendor's name of the model
     * @param configured the limits of the policy
     */
    default Timeouts timeouts(String model, Timeouts configured) {
        return configured;
    }

    /** The models that this provider knows of itself, without asking. */
    default List<Model> models() {
        return List.of();
    }

    /**
     * Asks the vendor for the models that the call's key may use.
     *
     * @throws ProviderException when the attempt fails
     */
    default List<Model> listModels(ProviderCall call) {
        return models();
    }
}
