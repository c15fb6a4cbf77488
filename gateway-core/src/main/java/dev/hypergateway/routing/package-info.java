/**
 * From the name in a request to where it can be served: the {@link dev.hypergateway.routing.ModelCatalog} of known models and the
 * {@link dev.hypergateway.routing.ModelRouter}, which turns a model reference or the name of a route into
 * {@link dev.hypergateway.routing.Target targets}. The {@link dev.hypergateway.routing.Screening} leaves out those whose models
 * cannot do what a request {@linkplain dev.hypergateway.routing.Need needs}.
 */
@NullMarked
package dev.hypergateway.routing;

import org.jspecify.annotations.NullMarked;
