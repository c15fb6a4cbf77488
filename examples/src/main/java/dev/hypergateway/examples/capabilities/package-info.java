/** Embeddings to find a text by its meaning, and a picture for it. */
@NullMarked
package dev.hypergateway.examples.capabilities;

import org.jspecify.annotations.NullMarked;
