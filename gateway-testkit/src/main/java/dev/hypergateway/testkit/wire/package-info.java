/**
 * A small HTTP/1.1 server on bare sockets, because scripted faults need control of the socket that no HTTP server gives:
 * {@link dev.hypergateway.testkit.wire.WireServer} accepts, {@link dev.hypergateway.testkit.wire.RequestReader} parses,
 * {@link dev.hypergateway.testkit.wire.WireExchange} answers, pauses, cuts and resets.
 */
@NullMarked
package dev.hypergateway.testkit.wire;

import org.jspecify.annotations.NullMarked;
