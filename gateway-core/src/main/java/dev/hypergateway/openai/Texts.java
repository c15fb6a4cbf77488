package dev.hypergateway.openai;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of strings in a client's request. Stateless. */
final class Texts {
    private Texts() {}

    /** The strings, none of which may be empty; none when the array is absent. */
    static List<String> of(String path, @Nullable List<?> items) {
        if (items == null) {
            return List.of();
        }
        List<String> strings = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof String text)) {
                throw FormatErrors.wrongType(path + "[" + i + "]", "a string", items.get(i));
            }
            if (text.isEmpty()) {
                throw FormatErrors.invalid(path + "[" + i + "]", "expected text, but got an empty string instead");
            }
            strings.add(text);
        }
        return strings;
    }
}
