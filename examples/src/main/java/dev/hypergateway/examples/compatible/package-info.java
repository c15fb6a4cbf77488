/** An own provider for a server that speaks OpenAI's API, such as a model on one's own machine. */
@NullMarked
package dev.hypergateway.examples.compatible;

import org.jspecify.annotations.NullMarked;
