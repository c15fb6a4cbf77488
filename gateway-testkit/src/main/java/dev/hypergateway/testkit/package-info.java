/**
 * For tests: {@link dev.hypergateway.testkit.VendorSandbox} plays the vendors on local ports,
 * {@link dev.hypergateway.testkit.Reply} scripts what they do, {@link dev.hypergateway.testkit.FakeProvider} is a vendor without
 * sockets, {@link dev.hypergateway.testkit.RecordingAuditListener} hears what a gateway reports, and
 * {@link dev.hypergateway.testkit.ChatProviderContract} tests a provider of one's own.
 */
@NullMarked
package dev.hypergateway.testkit;

import org.jspecify.annotations.NullMarked;
