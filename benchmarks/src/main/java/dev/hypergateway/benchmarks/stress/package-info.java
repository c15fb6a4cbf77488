/**
 * What must hold when things go wrong for long, all at once or in the middle of a write: {@link
 * dev.hypergateway.benchmarks.stress.Stress} plays it against the built server jar and compares what it sees with what is promised.
 */
@NullMarked
package dev.hypergateway.benchmarks.stress;

import org.jspecify.annotations.NullMarked;
