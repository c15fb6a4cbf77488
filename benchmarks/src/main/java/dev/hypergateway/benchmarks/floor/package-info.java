/** The least that a gateway on the JDK's HTTP classes can cost: {@link dev.hypergateway.benchmarks.floor.PassThrough}. */
@NullMarked
package dev.hypergateway.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
