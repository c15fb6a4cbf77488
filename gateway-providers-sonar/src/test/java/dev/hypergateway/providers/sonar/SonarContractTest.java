package dev.hypergateway.providers.sonar;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ChatProviderContract;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.SandboxVendor;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.FailureKind;

class SonarContractTest extends ChatProviderContract {
    @Override
    protected ChatProvider provider() {
        return new SonarProvider();
    }

    @Override
    protected ContractVendor vendor() {
        // A key without credits is said to be wrong, perhaps; and no error is about content.
        return new SandboxVendor(VendorSandbox::perplexity)
                .withoutError(FailureKind.QUOTA_EXHAUSTED, FailureKind.CONTENT_REJECTED);
    }

    @Override
    protected String model() {
        return "sonar-pro";
    }
}
