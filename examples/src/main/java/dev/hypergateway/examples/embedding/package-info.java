/** The HTTP server inside a program. */
@NullMarked
package dev.hypergateway.examples.embedding;

import org.jspecify.annotations.NullMarked;
