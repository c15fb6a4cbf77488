/**
 * What happened during one call: the ordered {@link dev.hypergateway.trace.Attempt attempts}, why each failed
 * ({@link dev.hypergateway.trace.FailureKind}), what followed from it ({@link dev.hypergateway.trace.Verdict}), and their
 * sum, the {@link dev.hypergateway.trace.CallTrace}. Plain data at the bottom of the house: every answer and every
 * exception carries it.
 */
@NullMarked
package dev.hypergateway.trace;

import org.jspecify.annotations.NullMarked;
