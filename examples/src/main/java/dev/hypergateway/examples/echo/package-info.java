/** An own provider: a vendor inside the process, complete and found by {@link java.util.ServiceLoader}. */
@NullMarked
package dev.hypergateway.examples.echo;

import org.jspecify.annotations.NullMarked;
