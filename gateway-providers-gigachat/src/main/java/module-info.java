import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.providers.gigachat.GigaChatProvider;

/**
 * The provider {@code gigachat}: GigaChat of Sber. On the module path or class path beside the core it is found by itself:
 *
 * <pre>{@code
 * try (Gateway ai = Gateway.fromEnv()) { // GIGACHAT_AUTH_KEY, GIGACHAT_CA_BUNDLE_FILE
 *     System.out.println(ai.chat("sber/GigaChat-2-Pro", "Why is the sky blue?").text());
 * }
 * }</pre>
 */
module dev.hypergateway.providers.gigachat {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires org.slf4j;
    requires transitive dev.hypergateway.core;

    exports dev.hypergateway.providers.gigachat;

    provides ChatProvider with
            GigaChatProvider;
}
