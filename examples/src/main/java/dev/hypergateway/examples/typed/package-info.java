/** Answers as records, and tools that the gateway runs. */
@NullMarked
package dev.hypergateway.examples.typed;

import org.jspecify.annotations.NullMarked;
