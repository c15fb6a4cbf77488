/**
 * The way to a vendor: an {@link dev.hypergateway.transport.UpstreamClient} on {@code java.net.http} that sends an
 * {@link dev.hypergateway.transport.UpstreamRequest} under the limits of an
 * {@link dev.hypergateway.transport.AttemptControl} and gives back a whole
 * {@link dev.hypergateway.transport.UpstreamResponse} or an {@link dev.hypergateway.transport.UpstreamStream} of
 * {@link dev.hypergateway.transport.SseEvent server-sent events}. It knows nothing of chat, keys or vendors.
 */
@NullMarked
package dev.hypergateway.transport;

import org.jspecify.annotations.NullMarked;
