package dev.hypergateway.chat;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a call cost. Immutable.
 *
 * @param amount the price, without trailing zeros
 * @param currency ISO 4217 code, for example {@code USD}
 * @param source whose figure it is
 */
public record Cost(BigDecimal amount, String currency, Source source) {
    public Cost {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : plain(amount.stripTrailingZeros());
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(source, "source");
    }

    private static BigDecimal plain(BigDecimal amount) {
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    /** Whose figure a cost is. */
    public enum Source {
        /** The vendor's own bill. */
        VENDOR,
        /** Computed from the tokens by the price list. */
        COMPUTED
    }
}
