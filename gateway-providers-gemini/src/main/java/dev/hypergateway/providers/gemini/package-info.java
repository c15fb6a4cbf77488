/** The provider for Google Gemini. */
@NullMarked
package dev.hypergateway.providers.gemini;

import org.jspecify.annotations.NullMarked;
