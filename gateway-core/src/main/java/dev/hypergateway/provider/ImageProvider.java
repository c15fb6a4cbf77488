package dev.hypergateway.provider;

import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;

/**
 * What a {@link ChatProvider} that also makes pictures gives out. Under the same rules: it maps one attempt, and never retries,
 * waits or chooses keys. Thread-safe.
 */
@FunctionalInterface
public interface ImageProvider {

    /**
     * Asks for pictures and waits for them. The response's model may be any name; the gateway puts the caller's own there.
     *
     * @param request what the caller asked; its {@code model()} is the caller's name, not the vendor's
     * @return at least one picture; an answer without any is a failed attempt
     * @throws ProviderException when the attempt fails, with the vendor's error classified
     */
    ImageResponse generate(ImageRequest request, ProviderCall call);
}
