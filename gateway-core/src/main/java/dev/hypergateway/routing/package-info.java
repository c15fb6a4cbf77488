/**
 * From the name in a request to where it can be served: the {@link dev.hypergateway.routing.ModelCatalog} of known models and the
 * {@link dev.hypergateway.routing.ModelRouter}, which turns a model reference or the name of a route into
 * {@link dev.hypergateway.routing.Target targets}.
 */
@NullMarked
package dev.hypergateway.routing;

import org.jspecify.annotations.NullMarked;
