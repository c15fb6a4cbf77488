package dev.hypergateway.testkit;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Words, which are the tokens of the sandbox. */
final class Words {
    private static final Pattern BEFORE_SPACE = Pattern.compile("(?<=\\S)(?=\\s)");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Words() {}

    /** Pieces of one word each, with the white space in front of it; joined they are the text again. */
    static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(BEFORE_SPACE.split(text, -1));
    }

    /** How many words the text has. */
    static int count(String text) {
        return (int)
                Stream.of(SPACE.split(text, -1)).filter(word -> !word.isEmpty()).count();
    }

    static int count(List<String> pieces) {
        return count(String.join("", pieces));
    }
}
