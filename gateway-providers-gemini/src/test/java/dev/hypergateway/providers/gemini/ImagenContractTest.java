package dev.hypergateway.providers.gemini;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.testkit.ContractVendor;
import dev.hypergateway.testkit.ImageProviderContract;
import dev.hypergateway.testkit.SandboxVendor;
import dev.hypergateway.testkit.VendorSandbox;

class ImagenContractTest extends ImageProviderContract {
    @Override
    protected ChatProvider provider() {
        return new GeminiProvider();
    }

    @Override
    protected ContractVendor vendor() {
        return new SandboxVendor(VendorSandbox::gemini);
    }

    @Override
    protected String model() {
        return "imagen-4.0-generate-001";
    }
}
