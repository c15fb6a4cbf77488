/** Processes of a measurement: how they are started and ended, and what the system says that they use. */
@NullMarked
package dev.hypergateway.benchmarks.process;

import org.jspecify.annotations.NullMarked;
