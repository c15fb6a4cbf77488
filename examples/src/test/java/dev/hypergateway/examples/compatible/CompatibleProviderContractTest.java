package dev.hypergateway.examples.compatible;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ChatProviderContract;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.SandboxVendor;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.FailureKind;

/** The example keeps the contract of providers, at the sandbox's xAI, which is as compatible as a server of one's own. */
class CompatibleProviderContractTest extends ChatProviderContract {
    @Override
    protected ChatProvider provider() {
        return new CompatibleProvider();
    }

    @Override
    protected ContractVendor vendor() {
        // xAI's own words for these are for its own provider to know.
        return new SandboxVendor(VendorSandbox::xai)
                .withoutError(
                        FailureKind.CREDENTIAL_REJECTED,
                        FailureKind.QUOTA_EXHAUSTED,
                        FailureKind.CONTEXT_TOO_LONG,
                        FailureKind.CONTENT_REJECTED);
    }

    @Override
    protected String model() {
        return "grok-3";
    }
}
