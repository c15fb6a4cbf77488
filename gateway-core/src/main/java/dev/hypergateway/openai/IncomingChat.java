package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatRequest;
import java.util.Objects;

/**
 * A client's chat request and how it wants the answer. Immutable.
 *
 * @param request what is asked
 * @param stream whether the answer shall come as server-sent events
 */
public record IncomingChat(ChatRequest request, boolean stream) {
    public IncomingChat {
        Objects.requireNonNull(request, "request");
    }
}
