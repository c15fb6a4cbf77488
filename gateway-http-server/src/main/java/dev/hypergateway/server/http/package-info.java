/**
 * HTTP on the JDK's own server, without knowledge of the gateway: a {@link dev.hypergateway.server.http.Listener} hands each
 * {@link dev.hypergateway.server.http.Exchange} to the {@link dev.hypergateway.server.http.Router}, which finds the
 * {@link dev.hypergateway.server.http.Route}; the handler answers with a {@link dev.hypergateway.server.http.Reply} or an
 * {@link dev.hypergateway.server.http.EventStream}, or throws a {@link dev.hypergateway.server.http.Problem}.
 */
@NullMarked
package dev.hypergateway.server.http;

import org.jspecify.annotations.NullMarked;
