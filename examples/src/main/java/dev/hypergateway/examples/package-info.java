/**
 * Small programs that show the gateway, each with a {@code main} that needs no vendor account. Read them in this order:
 * {@code quickstart} (ask a question), {@code streaming} (read an answer as it comes, and stop it), {@code failover} (see what
 * the gateway did), {@code keyfile} (an own key store), {@code echo} and {@code compatible} (own
 * providers), {@code embedding} (the HTTP server inside
 * a program). The documentation shows pieces of them; a test keeps the two equal.
 */
@NullMarked
package dev.hypergateway.examples;

import org.jspecify.annotations.NullMarked;
