/**
 * What it takes to speak to a vendor: the {@link dev.hypergateway.provider.ChatProvider} to implement, with the
 * {@link dev.hypergateway.provider.EmbeddingProvider} and {@link dev.hypergateway.provider.ImageProvider} that it may give out, the
 * {@link dev.hypergateway.provider.ProviderCall} it is handed, the {@link dev.hypergateway.provider.Credential} with its
 * {@link dev.hypergateway.provider.Secret}, and the {@link dev.hypergateway.provider.Failure} it reports. Providers map; they
 * never retry, wait or choose keys. What they have in common is here too: {@link dev.hypergateway.provider.Refusal},
 * {@link dev.hypergateway.provider.SseProviderStream}, {@link dev.hypergateway.provider.DataUrl} and
 * {@link dev.hypergateway.provider.PictureFormat}.
 */
@NullMarked
package dev.hypergateway.provider;

import org.jspecify.annotations.NullMarked;
