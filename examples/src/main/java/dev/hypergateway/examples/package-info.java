/** Small programs that show the gateway. */
@NullMarked
package dev.hypergateway.examples;

import org.jspecify.annotations.NullMarked;
