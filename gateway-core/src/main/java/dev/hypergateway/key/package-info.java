/**
 * Provider keys: the {@link dev.hypergateway.key.KeyStore} that keeps them, the {@link dev.hypergateway.key.ProviderKey} and its
 * {@link dev.hypergateway.key.Owner}, the {@link dev.hypergateway.key.KeyHealth} that failures leave behind, and the
 * {@link dev.hypergateway.key.KeyRing}, which answers from memory which keys a call may use and writes to the store behind it.
 * People list and change keys through {@link dev.hypergateway.key.ProviderKeys}.
 */
@NullMarked
package dev.hypergateway.key;

import org.jspecify.annotations.NullMarked;
