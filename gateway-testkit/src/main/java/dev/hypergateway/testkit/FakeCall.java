package dev.hypergateway.testkit;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.trace.KeySource;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call that reached a {@link FakeProvider}. Immutable. It does not hold the secret of the key.
 *
 * @param kind what was asked for
 * @param request what the caller asked in a chat; null for other calls
 * @param embedding what the caller wants vectors of; null for other calls
 * @param image what the caller wants drawn; null for other calls
 * @param model the vendor's name of the model
 * @param keyName display name of the key
 * @param keySource where the key came from
 * @param baseUri where the vendor would have been
 */
public record FakeCall(
        Kind kind,
        @Nullable ChatRequest request,
        @Nullable EmbeddingRequest embedding,
        @Nullable ImageRequest image,
        String model,
        String keyName,
        KeySource keySource,
        URI baseUri) {
    public FakeCall {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(keyName, "keyName");
        Objects.requireNonNull(keySource, "keySource");
        Objects.requireNonNull(baseUri, "baseUri");
    }

    static FakeCall of(Kind kind, @Nullable Object request, ProviderCall call) {
        return new FakeCall(
                kind,
                request instanceof ChatRequest chat ? chat : null,
                request instanceof EmbeddingRequest embedding ? embedding : null,
                request instanceof ImageRequest image ? image : null,
                call.model(),
                call.credential().name(),
                call.credential().source(),
                call.baseUri());
    }

    /** What was asked for. */
    public enum Kind {
        /** A whole answer. */
        CHAT,
        /** A stream. */
        STREAM,
        /** Vectors of texts. */
        EMBEDDINGS,
        /** Pictures. */
        IMAGES,
        /** The list of models. */
        LIST_MODELS
    }
}
