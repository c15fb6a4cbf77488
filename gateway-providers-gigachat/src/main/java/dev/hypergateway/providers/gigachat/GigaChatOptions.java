package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.provider.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes over what a caller says to GigaChat directly: its own request fields, at the top of the request or in the object
 * {@code gigachat}, which may hold any field of GigaChat's API. Stateless.
 */
final class GigaChatOptions {
    /** Fields of GigaChat's own that OpenAI does not have. */
    private static final Set<String> OWN =
            Set.of("repetition_penalty", "update_interval", "profanity_check", "flags", "storage", "function_ranker");

    private static final Set<String> WRITTEN_BY_US = Set.of("model", "messages", "functions", "stream");

    /** Fields of OpenAI that change the answer and that GigaChat has no word for, with what to do instead. */
    private static final Map<String, String> REFUSED = Map.of(
            "logit_bias", "GigaChat has no logit_bias; leave it out",
            "functions", "the old field functions is not understood here; use tools",
            "function_call", "the old field function_call is not understood here; use tool_choice",
            "web_search_options", "GigaChat's API v1 has no web search; leave the field out");

    /** Fields that ask for another answer than text, which is refused, or for text. */
    private static final Set<String> KINDS_OF_ANSWERS = Set.of("modalities", "audio");

    private GigaChatOptions() {}

    /** Whether this unnamed field is mapped or refused here. */
    static boolean heeds(String field) {
        return OWN.contains(field)
                || REFUSED.containsKey(field)
                || KINDS_OF_ANSWERS.contains(field)
                || field.equals("gigachat");
    }

    static void write(Map<String, Object> extra, ObjectNode body) {
        Refusal.unlessText(extra, "GigaChat");
        extra.forEach((name, value) -> {
            if (OWN.contains(name)) {
                body.set(name, GigaChatJson.tree(value));
            } else if (REFUSED.containsKey(name)) {
                refuse(name, value);
            }
        });
        if (extra.containsKey("gigachat")) {
            take(GigaChatJson.tree(extra.get("gigachat")), body);
        }
    }

    /** An empty bias or list asks for nothing. */
    private static void refuse(String name, Object value) {
        boolean nothing = value == null
                || List.of().equals(value)
                || (name.equals("logit_bias") && Map.of().equals(value));
        if (!nothing) {
            throw Refusal.of(name, String.valueOf(REFUSED.get(name)));
        }
    }

    private static void take(JsonNode options, ObjectNode body) {
        if (!options.isObject()) {
            throw Refusal.of("gigachat", "gigachat must be an object with fields of GigaChat's own");
        }
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            if (WRITTEN_BY_US.contains(option.getKey())) {
                throw Refusal.of(
                        "gigachat", "gigachat." + option.getKey() + " cannot be set; it is written from the request");
            }
            body.set(option.getKey(), option.getValue());
        }
    }
}
