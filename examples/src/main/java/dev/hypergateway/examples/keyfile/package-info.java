/** An own key store: keys that operators keep in a properties file. */
@NullMarked
package dev.hypergateway.examples.keyfile;

import org.jspecify.annotations.NullMarked;
