/** The provider for xAI Grok. */
module dev.hypergateway.providers.grok {
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires dev.hypergateway.core;

    exports dev.hypergateway.providers.grok;
}
