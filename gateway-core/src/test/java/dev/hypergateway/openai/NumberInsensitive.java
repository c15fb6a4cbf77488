package dev.hypergateway.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** Equality of JSON documents in which 1, 1.0 and 1.00 are the same number. */
final class NumberInsensitive {
    static final Comparator<JsonNode> ORDER = (left, right) -> left.isNumber() && right.isNumber()
            ? left.decimalValue().compareTo(right.decimalValue())
            : left.equals(right) ? 0 : 1;

    private NumberInsensitive() {}
}
