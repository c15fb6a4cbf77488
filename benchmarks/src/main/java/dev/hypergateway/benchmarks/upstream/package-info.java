/**
 * The vendor of a measurement, in a process of its own: {@link dev.hypergateway.benchmarks.upstream.Upstream} answers in each
 * {@link dev.hypergateway.benchmarks.upstream.VendorForm} with fixed bytes, as fast as one thread can, and marks them with times.
 */
@NullMarked
package dev.hypergateway.benchmarks.upstream;

import org.jspecify.annotations.NullMarked;
