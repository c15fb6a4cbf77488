package dev.hypergateway.embedding;

import java.util.List;
import java.util.Objects;

/** What one vector is made of. Immutable. {@code toString()} never shows content. */
public sealed interface EmbeddingInput {

    /** A text. */
    static EmbeddingInput of(String text) {
        return new Text(text);
    }

    /** A text. */
    record Text(String text) implements EmbeddingInput {
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /**
     * A text cut into tokens by the tokenizer of one model, which other models do not know.
     *
     * @param ids numbers of the tokens
     */
    record Tokens(List<Integer> ids) implements EmbeddingInput {
        public Tokens {
            ids = List.copyOf(ids);
        }

        @Override
        public String toString() {
            return "Tokens[" + ids.size() + " tokens]";
        }
    }
}
