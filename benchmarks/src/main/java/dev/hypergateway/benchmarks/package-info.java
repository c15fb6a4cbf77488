/** The command line of the measurements: {@link dev.hypergateway.benchmarks.Benchmarks}. */
@NullMarked
package dev.hypergateway.benchmarks;

import org.jspecify.annotations.NullMarked;
