package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.ImageProviderContract;

class GigaChatImagesContractTest extends ImageProviderContract {
    @Override
    protected ChatProvider provider() {
        return new GigaChatProvider();
    }

    @Override
    protected ContractVendor vendor() {
        return GigaChatContractTest.sandbox();
    }

    @Override
    protected String model() {
        return "GigaChat-2-Pro";
    }
}
