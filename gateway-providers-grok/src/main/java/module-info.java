import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.providers.grok.GrokProvider;

/**
 * The provider {@code xai}: Grok through xAI's chat completions. On the module path or class path beside the core it is found by
 * itself:
 *
 * <pre>{@code
 * try (Gateway ai = Gateway.fromEnv()) { // XAI_API_KEY
 *     System.out.println(ai.chat("x-ai/grok-4.3", "Why is the sky blue?").text());
 * }
 * }</pre>
 */
module dev.hypergateway.providers.grok {
    requires static transitive org.jspecify;
    requires transitive dev.hypergateway.core;

    exports dev.hypergateway.providers.grok;

    provides ChatProvider with
            GrokProvider;
}
