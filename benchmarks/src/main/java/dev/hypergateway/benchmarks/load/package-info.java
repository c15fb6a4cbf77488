/**
 * The client of a measurement: {@link dev.hypergateway.benchmarks.load.Load} sends the requests of a
 * {@link dev.hypergateway.benchmarks.load.Target} in a closed or an open loop and writes down {@link
 * dev.hypergateway.benchmarks.load.Results}.
 */
@NullMarked
package dev.hypergateway.benchmarks.load;

import org.jspecify.annotations.NullMarked;
