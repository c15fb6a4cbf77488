package dev.hypergateway.openai;

import dev.hypergateway.chat.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Token counts in OpenAI's JSON. Unnamed figures of an inner object stand in a map of its name. Stateless. */
final class UsageJson {
    private UsageJson() {}

    /** Reads a vendor's figures as they are; what is no number is kept among the unnamed ones. */
    static Usage read(Members usage) {
        Usage.Builder result = Usage.builder();
        Number prompt = usage.numberIf("prompt_tokens");
        Number completion = usage.numberIf("completion_tokens");
        Number total = usage.numberIf("total_tokens");
        result.promptTokens(prompt == null ? 0 : prompt.longValue());
        result.completionTokens(completion == null ? 0 : completion.longValue());
        if (total != null) {
            result.totalTokens(total.longValue());
        }
        result.cachedTokens(detail(usage, "prompt_tokens_details", "cached_tokens"));
        result.reasoningTokens(detail(usage, "completion_tokens_details", "reasoning_tokens"));
        result.imageTokens(detail(usage, "completion_tokens_details", "image_tokens"));
        return result.extra(usage.rest()).build();
    }

    private static @Nullable Long detail(Members usage, String object, String name) {
        Members details = usage.objectIf(object);
        if (details == null) {
            return null;
        }
        Number value = details.numberIf(name);
        if (!details.rest().isEmpty()) {
            usage.rest().put(object, details.rest());
        }
        return value == null ? null : value.longValue();
    }

    static Map<String, Object> write(Usage usage) {
        ObjectWriter out = new ObjectWriter()
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
        if (usage.cachedTokens().isPresent()) {
            ObjectWriter details =
                    new ObjectWriter().put("cached_tokens", usage.cachedTokens().getAsLong());
            out.inner("prompt_tokens_details", details, usage.extra());
        }
        if (usage.reasoningTokens().isPresent() || usage.imageTokens().isPresent()) {
            ObjectWriter details = new ObjectWriter();
            usage.reasoningTokens().ifPresent(tokens -> details.put("reasoning_tokens", tokens));
            usage.imageTokens().ifPresent(tokens -> details.put("image_tokens", tokens));
            out.inner("completion_tokens_details", details, usage.extra());
        }
        StatedCost.write(usage, out);
        return out.extra(usage.extra()).members();
    }
}
