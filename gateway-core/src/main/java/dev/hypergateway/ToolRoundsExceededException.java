package dev.hypergateway;

import dev.hypergateway.chat.ChatResponse;
import java.util.Objects;

/** The model went on calling tools: allow more rounds, or tell it when to stop. Status 502. */
public final class ToolRoundsExceededException extends GatewayException {
    private static final long serialVersionUID = 1L;

    private final transient ChatResponse response;

    ToolRoundsExceededException(String message, Details details, ChatResponse response) {
        super(message, details, null);
        this.response = Objects.requireNonNull(response, "response");
    }

    /** The last answer, with the calls that were not run. */
    public ChatResponse response() {
        return response;
    }
}
