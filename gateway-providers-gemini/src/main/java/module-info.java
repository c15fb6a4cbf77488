import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.providers.gemini.GeminiProvider;

/**
 * The provider {@code google}: Gemini through its native API. On the module path or class path beside the core it is found by
 * itself:
 *
 * <pre>{@code
 * try (Gateway ai = Gateway.fromEnv()) { // GOOGLE_AI_STUDIO_API_KEY
 *     System.out.println(ai.chat("google/gemini-2.5-flash", "Why is the sky blue?").text());
 * }
 * }</pre>
 */
module dev.hypergateway.providers.gemini {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires transitive dev.hypergateway.core;

    exports dev.hypergateway.providers.gemini;

    provides ChatProvider with
            GeminiProvider;
}
