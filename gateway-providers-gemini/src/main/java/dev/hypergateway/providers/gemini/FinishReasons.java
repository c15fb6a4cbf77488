package dev.hypergateway.providers.gemini;

import dev.hypergateway.chat.FinishReason;
import java.util.Locale;
import java.util.Set;

/**
 * Translates Gemini's {@code finishReason} ({@code Candidate.FinishReason} in Google's API definition). Stateless.
 *
 * <p>Words without a counterpart at OpenAI stay, in lower case. One of them is {@code malformed_function_call}: the model wrote
 * a tool call that cannot be read, and Gemini gives no content with it. That is a fault of the model, neither of the vendor's
 * service nor of the caller, so it is told as it is and not made into an outage that would count against the vendor.
 */
final class FinishReasons {
    /** Reasons for which a filter ended or withheld the answer. */
    private static final Set<String> FILTERED = Set.of(
            "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "MODEL_ARMOR",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION");

    private FinishReasons() {}

    static boolean isFiltered(String reason) {
        return FILTERED.contains(reason);
    }

    /** Gemini ends a tool call with {@code STOP} like any other answer. */
    static FinishReason of(String reason, boolean hasToolCalls) {
        if (reason.equals("STOP")) {
            return hasToolCalls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        }
        if (reason.equals("MAX_TOKENS")) {
            return FinishReason.LENGTH;
        }
        return isFiltered(reason) ? FinishReason.CONTENT_FILTER : FinishReason.of(reason.toLowerCase(Locale.ROOT));
    }
}
