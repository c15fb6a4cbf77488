package dev.hypergateway.openai;

import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call cost by the vendor's own figures, among the unnamed ones of its usage: xAI's {@code cost_in_usd_ticks} (ten thousand
 * million to the dollar) and Perplexity's {@code cost.total_cost} (dollars). Stateless.
 */
public final class StatedCost {
    private static final String COST = "cost";
    private static final String TOTAL = "total_cost";
    private static final String DOLLAR = "USD";
    private static final int TICKS = 10;

    private StatedCost() {}

    /** The vendor's figure; empty when it states none. */
    public static Optional<Cost> of(Usage usage) {
        BigDecimal ticks = number(usage.extra().get("cost_in_usd_ticks"));
        if (ticks != null) {
            return Optional.of(new Cost(ticks.movePointLeft(TICKS), DOLLAR, Cost.Source.VENDOR));
        }
        Map<String, Object> cost = ObjectWriter.nested(usage.extra(), COST);
        BigDecimal total = number(cost.get(TOTAL));
        return total == null
                ? Optional.empty()
                : Optional.of(new Cost(
                        total,
                        cost.get("currency") instanceof String currency ? currency : DOLLAR,
                        Cost.Source.VENDOR));
    }

    /** Adds the cost in the shape of Perplexity's, unless the vendor has a member of that name. */
    static void write(Usage usage, ObjectWriter out) {
        if (!usage.extra().containsKey(COST)) {
            usage.cost()
                    .ifPresent(cost -> out.put(
                            COST,
                            new ObjectWriter()
                                    .put(TOTAL, cost.amount())
                                    .put("currency", cost.currency())
                                    .put("source", cost.source() == Cost.Source.VENDOR ? "vendor" : "computed")
                                    .members()));
        }
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        return value instanceof Number number ? new BigDecimal(number.toString()) : null;
    }
}
