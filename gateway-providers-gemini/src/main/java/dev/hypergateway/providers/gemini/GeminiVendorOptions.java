package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** Options that are added to what the request says otherwise, field by field. */
    private static final Set<String> MERGED = Set.of("generationConfig", "thinkingConfig", "toolConfig");

    private static final Set<String> WRITTEN_FROM_MESSAGES = Set.of("contents", "systemInstruction", "model");

    private GeminiVendorOptions() {}

    /**
     * @param extra the request's unnamed fields
     */
    static void write(Map<String, Object> extra, ObjectNode body) {
        if (extra.get("extra_body") instanceof Map<?, ?> extraBody) {
            take(extraBody.get("google"), "extra_body.google", body);
        }
        take(extra.get("google"), "google", body);
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
            String place = param + "." + option.getKey();
            if (WRITTEN_FROM_MESSAGES.contains(name)) {
                throw Refusal.of(place, place + " cannot be set; it is written from the messages");
            } else if (GENERATION.contains(name)) {
                put(generationConfig(body), name, option.getValue(), place);
            } else if (name.equals("tools") && option.getValue() instanceof ArrayNode tools) {
                body.withArray("tools").addAll(tools);
            } else {
                put(body, name, option.getValue(), place);
            }
        }
    }

    private static void put(ObjectNode target, String name, JsonNode value, String place) {
        if (!MERGED.contains(name) || !(value instanceof ObjectNode fields)) {
            target.set(name, value);
            return;
        }
        ObjectNode own = target.withObject("/" + name);
        if (name.equals("thinkingConfig")) {
            checkThinking(own, fields, place);
        }
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            put(own, camelCase(field.getKey()), field.getValue(), place + "." + field.getKey());
        }
    }

    /** Gemini answers 400 to a budget and a level together, and the general effort is one of them. */
    private static void checkThinking(ObjectNode byEffort, ObjectNode fields, String place) {
        boolean budget = fields.has("thinking_budget") || fields.has("thinkingBudget");
        boolean level = fields.has("thinking_level") || fields.has("thinkingLevel");
        if (budget && level) {
            throw Refusal.of(place, "thinking_budget and thinking_level exclude each other; give one of them");
        }
        if ((budget || level) && !byEffort.isEmpty()) {
            throw Refusal.of(
                    "reasoning_effort",
                    "reasoning_effort and " + place + " say the same thing twice; give one of them");
        }
    }

    private static ObjectNode generationConfig(ObjectNode body) {
        return body.withObject("/generationConfig");
    }

    private static String camelCase(String name) {
        return UNDERSCORE.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
