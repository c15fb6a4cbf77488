package dev.hypergateway.providers.gemini;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the signatures of one answer are kept. Used by one thread.
 *
 * @param store keeps them
 * @param model whose answer it is
 * @param question the conversation that it answers; null where signatures of texts are of no use
 * @param callIds makes ids for calls
 */
record AnswerSignatures(
        SignatureStore store,
        GeminiModelName model,
        @Nullable ConversationDigest question,
        Supplier<String> callIds) {

    /**
     * Keeps that of a call.
     *
     * @param googlesId Google's id of the call, which may be short enough to guess; null when it gave none
     * @return the id that the caller gets to know
     */
    String keepCall(@Nullable String googlesId, @Nullable String signature) {
        String id = callIds.get();
        if (signature != null || googlesId != null) {
            store.keep(id, new SignatureStore.Kept(model.id(), signature, googlesId));
        }
        return id;
    }

    /** Keeps that of a text. */
    void keepText(String text, String signature) {
        if (question != null && !text.isEmpty()) {
            store.keep(question.with(text), new SignatureStore.Kept(model.id(), signature, null));
        }
    }
}
