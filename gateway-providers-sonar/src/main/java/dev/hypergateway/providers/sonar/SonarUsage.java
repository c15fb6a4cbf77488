package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.Usage;

/**
 * Perplexity's figures, counted as OpenAI counts. Deep research states {@code reasoning_tokens} beside the others and outside of
 * its total ({@code prompt 33, completion 7163, total 7196, reasoning 193947} in Perplexity's own example), so they are added to
 * the completion and to the total. The vendor's figure and the rest of its bill ({@code cost}, {@code citation_tokens},
 * {@code num_search_queries}) stay where they were. Stateless.
 */
final class SonarUsage {
    private static final String REASONING = "reasoning_tokens";

    private SonarUsage() {}

    static Usage convert(Usage usage) {
        if (!(usage.extra().get(REASONING) instanceof Number count)
                || usage.reasoningTokens().isPresent()) {
            return usage;
        }
        long reasoning = count.longValue();
        long counted = usage.promptTokens() + usage.completionTokens();
        boolean apart = reasoning > usage.completionTokens() || usage.totalTokens() == counted;
        long completion = usage.completionTokens() + (apart ? reasoning : 0);
        return Usage.builder()
                .promptTokens(usage.promptTokens())
                .completionTokens(completion)
                .totalTokens(usage.promptTokens() + completion)
                .cachedTokens(
                        usage.cachedTokens().isPresent() ? usage.cachedTokens().getAsLong() : null)
                .reasoningTokens(reasoning)
                .extra(usage.extra())
                .build();
    }
}
