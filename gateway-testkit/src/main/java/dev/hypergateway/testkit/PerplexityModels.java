package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** Perplexity's models, and what they are like. */
final class PerplexityModels {
    /** The chat models known in 2026 and the two retired ones whose answers begin with thoughts. */
    static final List<String> NAMES =
            List.of("sonar", "sonar-pro", "sonar-reasoning-pro", "sonar-deep-research", "sonar-reasoning", "r1-1776");

    private PerplexityModels() {}

    /** The list of 2026, which has the models of the Agent API and none that answers chats. */
    static ObjectNode agentModels() {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        for (String name : List.of("perplexity/sonar", "openai/gpt-5.1")) {
            data.addObject()
                    .put("id", name)
                    .put("object", "model")
                    .put("created", 0)
                    .put("owned_by", name.substring(0, name.indexOf('/')))
                    .putObject("pricing")
                    .put("input", 1)
                    .put("output", 1)
                    .put("unit", "usd_per_1m_tokens");
        }
        return list;
    }

    /** Whether thoughts stand in front of the text, in {@code <think>…</think>}, as they did in 2025. */
    static boolean thinksAloud(String model) {
        return model.equals("sonar-reasoning") || model.equals("r1-1776") || researches(model);
    }

    /** Whether the bill counts reasoning, citations and searches apart. */
    static boolean researches(String model) {
        return model.contains("deep-research");
    }

    /** The most tokens of a prompt. */
    static int promptLimit(String model) {
        return model.equals("sonar-pro") ? 200_000 : 128_000;
    }

    /** US dollars for a million tokens of prompt. */
    static BigDecimal inputPrice(String model) {
        return BigDecimal.valueOf(model.equals("sonar") ? 1 : model.equals("sonar-pro") ? 3 : 2);
    }

    /** US dollars for a million tokens of answer. */
    static BigDecimal outputPrice(String model) {
        return BigDecimal.valueOf(model.equals("sonar") ? 1 : model.equals("sonar-pro") ? 15 : 8);
    }

    /** US dollars for a request with this much search context. */
    static BigDecimal requestPrice(String model, String contextSize) {
        boolean small = model.equals("sonar");
        int thousandths = switch (contextSize) {
            case "medium" -> small ? 8 : 10;
            case "high" -> small ? 12 : 14;
            default -> small ? 5 : 6;
        };
        return BigDecimal.valueOf(thousandths, 3);
    }
}
