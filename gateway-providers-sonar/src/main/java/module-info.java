import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.providers.sonar.SonarProvider;

/**
 * The provider {@code perplexity}: Sonar, which answers from the web. On the module path or class path beside the core it is
 * found by itself:
 *
 * <pre>{@code
 * try (Gateway ai = Gateway.fromEnv()) { // PERPLEXITY_API_KEY
 *     ChatResponse answer = ai.chat(ChatRequest.builder()
 *             .model("perplexity/sonar-pro")
 *             .user("What did the ECB decide this week?")
 *             .extra(Map.of("search_recency_filter", "week"))
 *             .build());
 *     answer.choices().get(0).message().citations().forEach(source -> System.out.println(source.url()));
 * }
 * }</pre>
 */
module dev.hypergateway.providers.sonar {
    requires static transitive org.jspecify;
    requires transitive dev.hypergateway.core;

    exports dev.hypergateway.providers.sonar;

    provides ChatProvider with
            SonarProvider;
}
