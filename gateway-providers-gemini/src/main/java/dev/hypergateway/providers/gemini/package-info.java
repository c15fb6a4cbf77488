/**
 * The provider for Google Gemini, {@link dev.hypergateway.providers.gemini.GeminiProvider}, on the native API
 * ({@code generateContent}, {@code streamGenerateContent}) of Google AI Studio. On the way out: the request writer with its
 * conversation, parts, tools and generation settings, then the attachments with their files. On the way back: the answer reader,
 * which reads whole answers and stream chunks alike, and the error rules. Between calls: the store of signatures and that of
 * files. Vendor facts come from the API reference at {@code ai.google.dev} and from recorded exchanges.
 */
@NullMarked
package dev.hypergateway.providers.gemini;

import org.jspecify.annotations.NullMarked;
