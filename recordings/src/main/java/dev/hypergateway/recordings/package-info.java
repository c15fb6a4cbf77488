/**
 * Recorded exchanges with vendors, for tests. They stand in {@code shared/reference/recordings} beside the checkout and are not part
 * of it: a test that needs one is skipped, and says so, where they are missing.
 */
@NullMarked
package dev.hypergateway.recordings;

import org.jspecify.annotations.NullMarked;
