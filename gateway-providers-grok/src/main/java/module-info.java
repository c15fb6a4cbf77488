/** The provider for xAI Grok. */
module dev.hypergateway.providers.grok {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires transitive dev.hypergateway.core;

    exports dev.hypergateway.providers.grok;
}
