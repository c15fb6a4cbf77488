/** Routes with policies of their own, and a bill for every call. */
@NullMarked
package dev.hypergateway.examples.routes;

import org.jspecify.annotations.NullMarked;
