package dev.hypergateway.providers.grok;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.ImageProviderContract;
import dev.hypergateway.testkit.SandboxVendor;
import dev.hypergateway.testkit.VendorSandbox;

class GrokImagesContractTest extends ImageProviderContract {
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
        return "grok-imagine-image";
    }
}
