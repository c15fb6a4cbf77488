/** The key store on a database. */
@NullMarked
package dev.hypergateway.keystore.jdbc;

import org.jspecify.annotations.NullMarked;
