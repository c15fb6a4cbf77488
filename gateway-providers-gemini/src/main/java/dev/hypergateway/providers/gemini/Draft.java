package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is complete but for attachments that have to be fetched or are too large.
 *
 * @param body what will be sent
 * @param attachments the pictures, sounds, films and documents in it
 * @param reused what of earlier calls goes into it
 * @param digest the conversation, for the signature of the answer; null where there will be none
 */
record Draft(
        ObjectNode body,
        List<Attachment> attachments,
        Reused reused,
        @Nullable ConversationDigest digest) {}
