package dev.hypergateway.provider;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a provider reports that an attempt failed. */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public ProviderException(Failure failure) {
        this(failure, null);
    }

    public ProviderException(Failure failure, @Nullable Throwable cause) {
        super(failure.toString(), cause);
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    public Failure failure() {
        return failure;
    }
}
