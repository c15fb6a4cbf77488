/**
 * The heart: {@link dev.hypergateway.failover.FailoverExecutor} takes a call through targets and keys until one answers. What a
 * failure means is decided by the pure {@link dev.hypergateway.failover.VerdictRules}; limits come from the
 * {@link dev.hypergateway.failover.FailoverPolicy}; an endpoint that is down is known to its
 * {@link dev.hypergateway.failover.CircuitBreaker}. Nothing here throws for a failed call: the
 * {@link dev.hypergateway.failover.Outcome} says how it ended. This is the only place that retries, waits or switches keys.
 */
@NullMarked
package dev.hypergateway.failover;

import org.jspecify.annotations.NullMarked;
