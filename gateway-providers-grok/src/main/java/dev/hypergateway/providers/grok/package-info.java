/** The provider for xAI Grok. */
@NullMarked
package dev.hypergateway.providers.grok;

import org.jspecify.annotations.NullMarked;
