/**
 * The management surface under {@code /api/v1}: provider keys, the activity log and the health of the server. Its errors are
 * {@code {"detail": …}}.
 */
@NullMarked
package dev.hypergateway.server.admin;

import org.jspecify.annotations.NullMarked;
