/** The command line of the standalone server. */
@NullMarked
package dev.hypergateway.server.cli;

import org.jspecify.annotations.NullMarked;
