/**
 * The command line of the standalone server: {@link dev.hypergateway.server.cli.HyperGatewayCli} and its commands
 * {@code serve}, {@code demo} and {@code keys}. An {@link dev.hypergateway.server.cli.Installation} is what lies on the disk.
 */
@NullMarked
package dev.hypergateway.server.cli;

import org.jspecify.annotations.NullMarked;
