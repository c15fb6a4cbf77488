package dev.hypergateway.providers.gemini;

import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * Finds the signatures of a conversation's earlier answers while it is read: those that the caller sends back, else those that were
 * kept. For one request; not thread-safe.
 */
final class PastSignatures {
    private final SignatureStore store;
    private final GeminiModelName model;
    private final Reused reused;

    /** Only generation 3 makes use of the signature of a text. */
    private final @Nullable ConversationDigest digest;

    PastSignatures(SignatureStore store, GeminiModelName model, Reused reused) {
        this.store = store;
        this.model = model;
        this.reused = reused;
        this.digest = model.isGeneration3() ? new ConversationDigest() : null;
    }

    /** That of a call; null when it has none. */
    @Nullable
    String ofCall(ToolCall call) {
        String sent = GooglesExtra.signature(call.extra());
        if (sent != null) {
            return sent;
        }
        SignatureStore.Kept kept = store.find(call.id(), model);
        if (kept == null || kept.signature() == null) {
            return null;
        }
        reused.signature(call.id());
        return kept.signature();
    }

    /** The id that Google knows a call by. */
    String idOf(ToolCall call) {
        SignatureStore.Kept kept = store.find(call.id(), model);
        return kept == null || kept.callId() == null ? call.id() : kept.callId();
    }

    /** That of an answer in words to the conversation so far; null when there is none. */
    @Nullable
    String ofText(Message.Assistant answer) {
        if (digest == null || answer.text().isEmpty()) {
            return null;
        }
        String id = digest.with(answer.text());
        SignatureStore.Kept kept = store.find(id, model);
        if (kept == null) {
            return null;
        }
        reused.signature(id);
        return kept.signature();
    }

    /** Says that this message has been read. */
    void passed(Message message) {
        if (digest != null) {
            digest.add(message);
        }
    }

    /** The conversation as far as it has been read; null where nobody needs it. */
    @Nullable
    ConversationDigest digest() {
        return digest;
    }
}
