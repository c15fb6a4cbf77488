/** Benchmarks of single pieces with JMH: what they take in nanoseconds and bytes. {@code Pieces} runs them and makes the table. */
@NullMarked
package dev.hypergateway.benchmarks.pieces;

import org.jspecify.annotations.NullMarked;
