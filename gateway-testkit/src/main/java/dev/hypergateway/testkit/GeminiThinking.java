package dev.hypergateway.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Gemini request says about thoughts, in camel case or snake case. */
final class GeminiThinking {
    private GeminiThinking() {}

    /** Whether thoughts are shown; they are thought and counted without that too. */
    static boolean included(SandboxRequest request) {
        Map<?, ?> config = config(request);
        return Boolean.TRUE.equals(either(config, "includeThoughts", "include_thoughts"));
    }

    /** Whether thinking is off ({@code thinkingBudget: 0}), which the pro models do not obey. */
    static boolean disabled(SandboxRequest request) {
        Object budget = either(config(request), "thinkingBudget", "thinking_budget");
        return budget instanceof Number number
                && number.intValue() == 0
                && !request.model().contains("-pro");
    }

    private static Map<?, ?> config(SandboxRequest request) {
        Map<?, ?> generation = asMap(either(request.body(), "generationConfig", "generation_config"));
        return asMap(either(generation, "thinkingConfig", "thinking_config"));
    }

    private static @Nullable Object either(Map<?, ?> fields, String camel, String snake) {
        return fields.containsKey(camel) ? fields.get(camel) : fields.get(snake);
    }

    private static Map<?, ?> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
