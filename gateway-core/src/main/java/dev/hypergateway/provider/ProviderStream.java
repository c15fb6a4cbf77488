package dev.hypergateway.provider;

import dev.hypergateway.chat.ChatEvent;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's streamed answer as events. One thread reads; any thread may close.
 *
 * <p>A provider ends a stream with null only when the vendor ended it properly: every choice has its finish event. A vendor
 * stream that stops short of that is a failure of kind {@code UNAVAILABLE} before content and {@code INTERRUPTED} after it,
 * which {@link Failures#truncated} makes.
 */
public interface ProviderStream extends AutoCloseable {

    /**
     * Waits for the next event.
     *
     * @return the event, or null at the proper end
     * @throws ProviderException when the attempt fails
     */
    @Nullable
    ChatEvent next();

    /** Whether {@link #next()} would wait for nothing; false where that is not known. */
    default boolean isReady() {
        return false;
    }

    /** Ends the exchange with the vendor; repeated calls do nothing. */
    @Override
    void close();
}
