@NullMarked
package dev.hypergateway;

import org.jspecify.annotations.NullMarked;
