/**
 * What is measured. A {@link dev.hypergateway.benchmarks.measure.Field} holds the servers of one JDK; each measurement runs
 * them in turn, round by round, and writes a section into the {@link dev.hypergateway.benchmarks.measure.Report}. Only what was
 * measured in the same round is compared: the machine changes from one moment to the next.
 */
@NullMarked
package dev.hypergateway.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
