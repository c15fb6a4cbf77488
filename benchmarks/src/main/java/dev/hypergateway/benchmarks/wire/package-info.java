/**
 * HTTP/1.1 on one thread for the two ends of a measurement: an {@link dev.hypergateway.benchmarks.wire.EventLoop} moves bytes
 * over {@link dev.hypergateway.benchmarks.wire.Connection}s, an {@link dev.hypergateway.benchmarks.wire.HttpParser} finds the
 * messages in them. Cheap on purpose: what it takes is missing at the server under test.
 */
@NullMarked
package dev.hypergateway.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
