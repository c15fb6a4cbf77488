/**
 * The vendors on this machine, for tests of code that uses the gateway: local servers with the vendors' wire formats, their error
 * bodies and faults on demand.
 *
 * <pre>{@code
 * try (VendorSandbox sandbox = VendorSandbox.start()) {
 *     sandbox.gemini().script("dead-key", Reply.invalidKey()).script("good-key", Reply.ok());
 *     // point the code under test at sandbox.settings() and call it
 *     assertThat(sandbox.gemini().attempts("dead-key")).isEqualTo(1);
 * }
 * }</pre>
 */
module dev.hypergateway.testkit {
    requires static org.assertj.core;
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api;
    requires com.fasterxml.jackson.databind;
    requires transitive dev.hypergateway.core;
    requires org.slf4j;

    exports dev.hypergateway.testkit;
}
