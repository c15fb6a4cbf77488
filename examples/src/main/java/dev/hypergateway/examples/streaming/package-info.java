/** Read an answer as it comes, and stop it from another thread. */
@NullMarked
package dev.hypergateway.examples.streaming;

import org.jspecify.annotations.NullMarked;
