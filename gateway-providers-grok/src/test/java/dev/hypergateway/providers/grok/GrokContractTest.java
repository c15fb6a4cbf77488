package dev.hypergateway.providers.grok;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ChatProviderContract;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.SandboxVendor;
import dev.hypergateway.testkit.VendorSandbox;

class GrokContractTest extends ChatProviderContract {
    @Override
    protected ChatProvider provider() {
        return new GrokProvider();
    }

    @Override
    protected ContractVendor vendor() {
        return new SandboxVendor(VendorSandbox::xai);
    }

    @Override
    protected String model() {
        return "grok-3";
    }
}
