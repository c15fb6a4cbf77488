/** What the gateway did for a call, and what it remembers. */
@NullMarked
package dev.hypergateway.examples.failover;

import org.jspecify.annotations.NullMarked;
