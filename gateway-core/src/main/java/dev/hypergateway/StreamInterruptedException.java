package dev.hypergateway;

import dev.hypergateway.chat.ChatResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream broke off after content had been delivered: what came is in {@link #partial()}; ask again for the rest. Status 502. */
public final class StreamInterruptedException extends GatewayException {
    private static final long serialVersionUID = 1L;

    private final transient ChatResponse partial;

    StreamInterruptedException(String message, Details details, ChatResponse partial, @Nullable Throwable cause) {
        super(message, details, cause);
        this.partial = Objects.requireNonNull(partial, "partial");
    }

    /** The answer as far as it came; its unfinished choices have no finish reason. */
    public ChatResponse partial() {
        return partial;
    }
}
