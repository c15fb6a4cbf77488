package dev.hypergateway;

import dev.hypergateway.chat.ChatResponse;
import java.util.Objects;

/**
 * An answer as a record, and the response that it was read from. Immutable.
 *
 * @param value the answer
 * @param response the model's last response; its trace and usage cover the repair round, if there was one
 * @param <T> the record
 */
public record TypedResponse<T extends Record>(T value, ChatResponse response) {
    public TypedResponse {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(response, "response");
    }

    @Override
    public String toString() {
        return "TypedResponse[" + value.getClass().getSimpleName() + ", " + response + "]";
    }
}
