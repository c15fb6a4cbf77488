package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.EmbeddingProviderContract;

class GigaChatEmbeddingsContractTest extends EmbeddingProviderContract {
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
        return "EmbeddingsGigaR";
    }
}
