package dev.hypergateway.openai;

import dev.hypergateway.json.PlainText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The long plain strings of a JSON document, cut out before it is parsed and put back afterwards. They are pictures in base64 as a
 * rule; a parser goes through them character by character, twice. Immutable.
 */
final class LongStrings {
    /** Shorter ones are not worth it. */
    private static final int SHORTEST = 4096;

    /** Begins the stand-ins. Nobody outside can know it, so nobody can send one. */
    private static final String MARK = UUID.randomUUID().toString();

    private static final int STAND_IN_LENGTH = MARK.length() + 8;

    private final byte[] rest;
    private final List<String> strings;

    private LongStrings(byte[] rest, List<String> strings) {
        this.rest = rest;
        this.strings = strings;
    }

    /** Cuts a document; null when it has nothing to cut out. */
    static @Nullable LongStrings cut(byte[] json) {
        if (json.length < SHORTEST) {
            return null;
        }
        List<String> strings = new ArrayList<>(1);
        ByteArrayOutputStream rest = null;
        int copied = 0;
        for (int at = 0; at < json.length; at++) {
            if (json[at] != '"') {
                continue;
            }
            int begin = at + 1;
            int end = PlainText.end(json, begin, json.length);
            if (end < json.length && json[end] == '"') {
                if (end - begin >= SHORTEST && !isName(json, end + 1)) {
                    rest = rest == null ? new ByteArrayOutputStream(SHORTEST) : rest;
                    rest.write(json, copied, begin - copied);
                    rest.writeBytes(standIn(strings.size()));
                    strings.add(new String(json, begin, end - begin, StandardCharsets.ISO_8859_1));
                    copied = end;
                }
                at = end;
            } else {
                at = closingQuote(json, end);
            }
        }
        if (rest == null) {
            return null;
        }
        rest.write(json, copied, json.length - copied);
        return new LongStrings(rest.toByteArray(), List.copyOf(strings));
    }

    /** The document with short stand-ins. */
    byte[] rest() {
        return rest;
    }

    /** The string that a string of {@link #rest()} stands for: nearly always itself. */
    String restored(String text) {
        return text.length() == STAND_IN_LENGTH && text.startsWith(MARK)
                ? strings.get(Integer.parseInt(text.substring(MARK.length()), 16))
                : text;
    }

    /** Where the string ends that is not plain at {@code from}. */
    private static int closingQuote(byte[] json, int from) {
        int at = from;
        while (at < json.length && json[at] != '"') {
            at = PlainText.end(json, json[at] == '\\' ? at + 2 : at + 1, json.length);
        }
        return at;
    }

    /** Whether the string that ends before {@code from} is the name of a member: how long those may be is for the parser to say. */
    private static boolean isName(byte[] json, int from) {
        int at = from;
        while (at < json.length && json[at] <= ' ') {
            at++;
        }
        return at < json.length && json[at] == ':';
    }

    private static byte[] standIn(int index) {
        return (MARK + String.format(Locale.ROOT, "%08x", index)).getBytes(StandardCharsets.US_ASCII);
    }
}
