/**
 * Perplexity Sonar: the provider {@code perplexity}. {@link dev.hypergateway.providers.sonar.SonarProvider} says how Perplexity
 * differs from OpenAI; {@code SonarRequest} and {@code Conversation} write what it wants to be asked, {@code SonarAnswer} and
 * {@code SonarStream} read what it says, {@link dev.hypergateway.providers.sonar.SonarFindings} has what it found as values,
 * {@code SonarErrors} knows what its errors mean, {@code SonarModels} which models it has.
 */
@NullMarked
package dev.hypergateway.providers.sonar;

import org.jspecify.annotations.NullMarked;
