/**
 * The gateway itself: {@link dev.hypergateway.Gateway} answers chat calls, whatever becomes of single keys and vendors, and
 * {@link dev.hypergateway.GatewayException} says truthfully when it could not.
 */
@NullMarked
package dev.hypergateway;

import org.jspecify.annotations.NullMarked;
