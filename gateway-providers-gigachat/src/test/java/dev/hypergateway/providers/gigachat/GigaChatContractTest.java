package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ChatProviderContract;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.SandboxVendor;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.FailureKind;

class GigaChatContractTest extends ChatProviderContract {
    @Override
    protected ChatProvider provider() {
        return new GigaChatProvider();
    }

    @Override
    protected ContractVendor vendor() {
        return sandbox();
    }

    /** The vendor for chats, embeddings and pictures. */
    static ContractVendor sandbox() {
        // A token is refused before its key is; a long prompt is a bad request; a blocked one gets an answer that says
        // so.
        return new SandboxVendor(VendorSandbox::gigachat)
                .withoutError(
                        FailureKind.CREDENTIAL_REJECTED, FailureKind.CONTEXT_TOO_LONG, FailureKind.CONTENT_REJECTED);
    }

    @Override
    protected String model() {
        return "GigaChat-2-Pro";
    }
}
