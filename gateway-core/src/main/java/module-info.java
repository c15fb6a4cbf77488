/**
 * The gateway as a library: chat types, provider and key-store SPI, failover engine.
 *
 * <pre>{@code
 * try (Gateway ai = Gateway.fromEnv()) {
 *     System.out.println(ai.chat("google/gemini-2.5-flash", "Why is the sky blue?").text());
 * }
 * }</pre>
 */
module dev.hypergateway.core {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires java.net.http;
    requires org.slf4j;

    exports dev.hypergateway;
    exports dev.hypergateway.audit;
    exports dev.hypergateway.chat;
    exports dev.hypergateway.embedding;
    exports dev.hypergateway.failover;
    exports dev.hypergateway.image;
    exports dev.hypergateway.json;
    exports dev.hypergateway.key;
    exports dev.hypergateway.openai;
    exports dev.hypergateway.provider;
    exports dev.hypergateway.routing;
    exports dev.hypergateway.trace;
    exports dev.hypergateway.transport;

    uses dev.hypergateway.key.KeyStoreFactory;
    uses dev.hypergateway.provider.ChatProvider;
}
