/** The engine of Hyper AI Gateway. */
@NullMarked
package dev.hypergateway;

import org.jspecify.annotations.NullMarked;
