package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.Attempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that has begun and is read event by event. One thread reads; any thread may close. */
public interface AnswerStream extends AutoCloseable {

    /**
     * Waits for the next event.
     *
     * @return the event, or null at the proper end
     * @throws ProviderException when the stream breaks off; of kind {@code INTERRUPTED}, or {@code CANCELLED} by the caller
     */
    @Nullable
    ChatEvent next();

    /** Whether {@link #next()} would wait for nothing; false where that is not known. */
    default boolean isReady() {
        return false;
    }

    /** Attempts made since the stream began, to rescue it. */
    default List<Attempt> laterAttempts() {
        return List.of();
    }

    /** Ends the exchange with the vendor; repeated calls do nothing. */
    @Override
    void close();
}
