package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * The usage of an answer so far and what it costs, to the fifth decimal.
 *
 * @param completion tokens of the answer so far
 * @param last whether the answer is complete
 */
record PerplexityBill(SandboxRequest request, SandboxAnswer answer, int completion, boolean last) {
    ObjectNode toJson() {
        int prompt = request.promptTokens();
        int said = completion * request.choices();
        ObjectNode usage = Json.object()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", said)
                .put("total_tokens", prompt + said)
                .put("search_context_size", contextSize());
        if (last && PerplexityModels.researches(request.model())) {
            usage.put("citation_tokens", 0)
                    .put("num_search_queries", 1)
                    .put("reasoning_tokens", Words.count(answer.reasoningChunks()));
        }
        usage.set("cost", cost(prompt, said));
        return usage;
    }

    private ObjectNode cost(int prompt, int said) {
        BigDecimal input = price(PerplexityModels.inputPrice(request.model()), prompt);
        BigDecimal output = price(PerplexityModels.outputPrice(request.model()), said);
        ObjectNode cost = Json.object().put("input_tokens_cost", input).put("output_tokens_cost", output);
        BigDecimal total = input.add(output);
        if (last) {
            BigDecimal fee = PerplexityModels.requestPrice(request.model(), contextSize());
            cost.put("request_cost", fee);
            total = total.add(fee);
        }
        return cost.put("total_cost", total);
    }

    private String contextSize() {
        return request.body().get("web_search_options") instanceof Map<?, ?> options
                        && options.get("search_context_size") instanceof String size
                ? size
                : "low";
    }

    private static BigDecimal price(BigDecimal perMillion, int tokens) {
        return perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6).setScale(5, RoundingMode.HALF_UP);
    }
}
