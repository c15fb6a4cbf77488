package dev.hypergateway.testkit;

import dev.hypergateway.provider.ChatProvider;

/** The provider in memory keeps the contract, so that tests with it tell what real providers do. */
class FakeProviderContractTest extends ChatProviderContract {
    private final FakeProvider fake = FakeProvider.echoing();

    @Override
    protected ChatProvider provider() {
        return fake;
    }

    @Override
    protected ContractVendor vendor() {
        return new FakeVendor(fake);
    }

    @Override
    protected String model() {
        return "model";
    }
}
