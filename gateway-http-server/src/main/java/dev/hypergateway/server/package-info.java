/** The gateway as a server. */
@NullMarked
package dev.hypergateway.server;

import org.jspecify.annotations.NullMarked;
