package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.provider.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what a caller says to Gemini directly: the request field {@code google}, or {@code extra_body.google} as Google's
 * own OpenAI-compatible endpoint has it, for example {@code {"safety_settings": […], "thinking_config": {…}}}. Names may be in
 * snake case or camel case; what this provider does not know goes to Gemini as it is. Stateless.
 */
final class GeminiVendorOptions {
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z0-9])");

    /** Options that live in {@code generationConfig}; all others stand at the top of the request. */
    private static final Set<String> GENERATION = Set.of(
            "thinkingConfig",
            "responseModalities",
            "speechConfig",
            "imageConfig",
            "mediaResolution",
            "enableEnhancedCivicAnswers");

    private static final Set<String> WRITTEN_FROM_MESSAGES = Set.of("contents", "systemInstruction", "model");

    private GeminiVendorOptions() {}

    static void write(ChatRequest request, ObjectNode body) {
        if (request.extra().get("extra_body") instanceof Map<?, ?> extraBody) {
            take(extraBody.get("google"), "extra_body.google", body);
        }
        take(request.extra().get("google"), "google", body);
    }

    private static void take(@Nullable Object options, String param, ObjectNode body) {
        if (options == null) {
            return;
        }
        JsonNode tree = GeminiJson.tree(options);
        if (!tree.isObject()) {
            throw Refusal.of(param, param + " must be an object with Gemini's own options");
        }
        for (Map.Entry<String, JsonNode> option : tree.properties()) {
            String name = camelCase(option.getKey());
            if (WRITTEN_FROM_MESSAGES.contains(name)) {
                throw Refusal.of(
                        param, param + "." + option.getKey() + " cannot be set; it is written from the messages");
            } else if (GENERATION.contains(name)) {
                generationConfig(body).set(name, option.getValue());
            } else if (name.equals("generationConfig") && option.getValue() instanceof ObjectNode config) {
                config.properties()
                        .forEach(field -> generationConfig(body).set(camelCase(field.getKey()), field.getValue()));
            } else if (name.equals("tools") && option.getValue() instanceof ArrayNode tools) {
                body.withArray("tools").addAll(tools);
            } else {
                body.set(name, option.getValue());
            }
        }
    }

    private static ObjectNode generationConfig(ObjectNode body) {
        return body.withObject("/generationConfig");
    }

    private static String camelCase(String name) {
        return UNDERSCORE.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
