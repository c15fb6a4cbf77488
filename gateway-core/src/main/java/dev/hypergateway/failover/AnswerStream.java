package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.CallTrace;
import java.util.Optional;
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

    /**
     * The tokens taken so far: the vendor's own figures, and where the stream has not come to its proper end and they are missing,
     * estimates. Empty when a complete answer came without figures. From any thread.
     */
    Optional<UsageSoFar> usageSoFar();

    /**
     * What happened since the stream began to answer.
     *
     * @param opening the record up to there
     * @return the record up to now
     */
    CallTrace trace(CallTrace opening);

    /** Ends the exchange with the vendor; repeated calls do nothing. */
    @Override
    void close();
}
