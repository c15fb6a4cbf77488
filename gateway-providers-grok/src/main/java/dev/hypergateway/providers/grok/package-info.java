/**
 * xAI Grok: the provider {@code xai}. {@link dev.hypergateway.providers.grok.GrokProvider} says how xAI differs from OpenAI,
 * {@code GrokErrors} what its errors mean, {@code GrokModels} which models it has.
 */
@NullMarked
package dev.hypergateway.providers.grok;

import org.jspecify.annotations.NullMarked;
