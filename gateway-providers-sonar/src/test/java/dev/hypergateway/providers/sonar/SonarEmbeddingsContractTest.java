package dev.hypergateway.providers.sonar;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.EmbeddingProviderContract;
import dev.hypergateway.testkit.SandboxVendor;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.FailureKind;

class SonarEmbeddingsContractTest extends EmbeddingProviderContract {
    @Override
    protected ChatProvider provider() {
        return new SonarProvider();
    }

    @Override
    protected ContractVendor vendor() {
        // As for chats: see SonarContractTest.
        return new SandboxVendor(VendorSandbox::perplexity)
                .withoutError(FailureKind.QUOTA_EXHAUSTED, FailureKind.CONTENT_REJECTED);
    }

    @Override
    protected String model() {
        return "pplx-embed-v1-4b";
    }
}
