/** Local servers that speak the wire formats of the vendors. */
@NullMarked
package dev.hypergateway.testkit;

import org.jspecify.annotations.NullMarked;
