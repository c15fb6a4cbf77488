package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.provider.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Maps {@code reasoning_effort} to {@code thinkingConfig} with the figures of Google's own OpenAI-compatible endpoint
 * ({@code ai.google.dev/gemini-api/docs/openai}): a budget of tokens for generation 2.5, a level from generation 3 on. Where a
 * model cannot stop thinking, {@code none} means the least it can do. Models that do not think get no configuration: there is
 * nothing to limit. Stateless.
 */
final class GeminiThinking {
    private static final int LEAST_BUDGET_OF_PRO = 128;

    private GeminiThinking() {}

    /**
     * @return the configuration, or null for models without one
     * @throws dev.hypergateway.provider.ProviderException when the word is unknown
     */
    static @Nullable ObjectNode config(String effort, GeminiModelName model) {
        int rank = rank(effort);
        if (model.isGeneration3()) {
            return GeminiJson.object().put("thinkingLevel", level(rank, model));
        }
        if (model.isGeneration25()) {
            return GeminiJson.object().put("thinkingBudget", budget(rank, model));
        }
        return null;
    }

    private static int rank(String effort) {
        return switch (effort) {
            case "none" -> 0;
            case "minimal" -> 1;
            case "low" -> 2;
            case "medium" -> 3;
            case "high", "xhigh", "max" -> 4;
            default ->
                throw Refusal.of(
                        "reasoning_effort",
                        "reasoning_effort '" + effort + "' is unknown; use none, minimal, low, medium or high");
        };
    }

    /**
     * The nearest level that the model has ({@code ai.google.dev/gemini-api/docs/thinking#thinking-levels}): the first ones of the
     * flash models know {@code minimal}, the others refuse it; Gemini 3 Pro has no {@code medium}; small models that paint have the
     * ends only.
     */
    private static String level(int rank, GeminiModelName model) {
        if (model.isFlashThatPaints()) {
            return rank <= 2 ? "minimal" : "high";
        }
        if (rank <= 1) {
            return model.thinksMinimally() ? "minimal" : "low";
        }
        if (rank == 3) {
            return model.is("gemini-3-pro") ? "high" : "medium";
        }
        return rank == 2 ? "low" : "high";
    }

    private static int budget(int rank, GeminiModelName model) {
        return switch (rank) {
            case 0 -> model.isPro() ? LEAST_BUDGET_OF_PRO : 0;
            case 1, 2 -> 1024;
            case 3 -> 8192;
            default -> 24_576;
        };
    }
}
