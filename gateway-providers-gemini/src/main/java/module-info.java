/** The provider for Google Gemini. */
module dev.hypergateway.providers.gemini {
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires dev.hypergateway.core;

    exports dev.hypergateway.providers.gemini;
}
