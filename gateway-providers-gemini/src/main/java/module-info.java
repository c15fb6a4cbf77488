/** The provider for Google Gemini. */
module dev.hypergateway.providers.gemini {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires transitive dev.hypergateway.core;

    exports dev.hypergateway.providers.gemini;
}
