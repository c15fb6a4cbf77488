package dev.hypergateway.providers.gemini;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.EmbeddingProviderContract;
import dev.hypergateway.testkit.SandboxVendor;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.FailureKind;

class GeminiEmbeddingsContractTest extends EmbeddingProviderContract {
    @Override
    protected ChatProvider provider() {
        return new GeminiProvider();
    }

    @Override
    protected ContractVendor vendor() {
        // No filter of Google's for embeddings is known.
        return new SandboxVendor(VendorSandbox::gemini).withoutError(FailureKind.CONTENT_REJECTED);
    }

    @Override
    protected String model() {
        return "gemini-embedding-2";
    }
}
