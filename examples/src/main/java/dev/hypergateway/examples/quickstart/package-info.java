/** Ask a question and get an answer, although the first key is dead. */
@NullMarked
package dev.hypergateway.examples.quickstart;

import org.jspecify.annotations.NullMarked;
