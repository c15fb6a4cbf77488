package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.EmbeddingProviderContract;
import dev.hypergateway.testkit.SandboxVendor;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.FailureKind;

class GigaChatEmbeddingsContractTest extends EmbeddingProviderContract {
    @Override
    protected ChatProvider provider() {
        return new GigaChatProvider();
    }

    @Override
    protected ContractVendor vendor() {
        // As for chats: see GigaChatContractTest.
        return new SandboxVendor(VendorSandbox::gigachat)
                .withoutError(
                        FailureKind.CREDENTIAL_REJECTED, FailureKind.CONTEXT_TOO_LONG, FailureKind.CONTENT_REJECTED);
    }

    @Override
    protected String model() {
        return "EmbeddingsGigaR";
    }
}
