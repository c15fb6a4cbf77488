package dev.hypergateway.providers.gigachat;

import dev.hypergateway.chat.FinishReason;

/**
 * Translates {@code finish_reason}. {@code blacklist} stands beside a text of the vendor's own in place of an answer. The word
 * {@code error}, which says that the model wrote arguments of a function that cannot be read, has no counterpart at OpenAI and
 * stays: it is a fault of the model, not of the service. Stateless.
 */
final class FinishReasons {
    private FinishReasons() {}

    /** @param calledFunction whether the model has called a function */
    static FinishReason of(String reason, boolean calledFunction) {
        return switch (reason) {
            case "function_call" -> FinishReason.TOOL_CALLS;
            case "stop" -> calledFunction ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case "blacklist", "request_blacklist", "response_blacklist", "request_filter" ->
                FinishReason.CONTENT_FILTER;
            default -> FinishReason.of(reason);
        };
    }
}
