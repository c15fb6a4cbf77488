/**
 * What a client gets when a vendor fails: {@link dev.hypergateway.benchmarks.failover.FailoverTable} plays each
 * {@link dev.hypergateway.benchmarks.failover.Scenario} against the built server jar and writes the table of the guide.
 */
@NullMarked
package dev.hypergateway.benchmarks.failover;

import org.jspecify.annotations.NullMarked;
