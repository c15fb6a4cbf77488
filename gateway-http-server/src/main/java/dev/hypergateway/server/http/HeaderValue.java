package dev.hypergateway.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A header value with parameters, {@code value; name=token; name="text"} (RFC 9110 §5.6.6), among them extended ones,
 * {@code name*=UTF-8''text} (RFC 8187), which go before plain ones of the same name. Immutable.
 *
 * @param value what stands before the first semicolon, in small letters
 * @param parameters by name in small letters
 */
record HeaderValue(String value, Map<String, String> parameters) {
    HeaderValue {
        parameters = Map.copyOf(parameters);
    }

    /** Reads a value; empty when it is malformed, or has the same parameter twice. */
    static Optional<HeaderValue> parse(String text) {
        List<String> pieces = split(text);
        if (pieces == null) {
            return Optional.empty();
        }
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, String> extended = new LinkedHashMap<>();
        for (String piece : pieces.subList(1, pieces.size())) {
            int equals = piece.indexOf('=');
            String name = equals < 0 ? "" : piece.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String raw = equals < 0 ? "" : piece.substring(equals + 1).strip();
            if (piece.isBlank()) {
                continue;
            }
            boolean isExtended = name.endsWith("*");
            String bare = isExtended ? name.substring(0, name.length() - 1) : name;
            String value = isExtended ? extended(raw) : unquoted(raw);
            if (!isToken(bare) || (isExtended ? extended : plain).containsKey(bare)) {
                return Optional.empty();
            }
            if (value != null) {
                (isExtended ? extended : plain).put(bare, value);
            } else if (!isExtended) {
                return Optional.empty();
            }
        }
        plain.putAll(extended);
        return Optional.of(new HeaderValue(pieces.get(0).strip().toLowerCase(Locale.ROOT), plain));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The pieces between semicolons that are not quoted; null when a quote is not closed. */
    private static @Nullable List<String> split(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                pieces.add(text.substring(start, i));
                start = i + 1;
            }
        }
        pieces.add(text.substring(start));
        return quoted ? null : pieces;
    }

    /**
     * A token as it is, or what stands in quotes; null when it is neither. A backslash only escapes a quote and itself: some clients
     * send paths with bare backslashes.
     */
    private static @Nullable String unquoted(String raw) {
        if (!raw.startsWith("\"")) {
            return isToken(raw) ? raw : null;
        }
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 1; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '"') {
                return i == raw.length() - 1 ? text.toString() : null;
            }
            if (c == '\\' && i + 1 < raw.length() && (raw.charAt(i + 1) == '"' || raw.charAt(i + 1) == '\\')) {
                i++;
            }
            text.append(raw.charAt(i));
        }
        return null;
    }

    /** {@code charset'language'percent-encoded}; null when it is malformed or in a charset that RFC 8187 does not demand. */
    private static @Nullable String extended(String raw) {
        String[] pieces = raw.split("'", 3);
        if (pieces.length < 3) {
            return null;
        }
        Charset charset;
        switch (pieces[0].toUpperCase(Locale.ROOT)) {
            case "UTF-8" -> charset = StandardCharsets.UTF_8;
            case "ISO-8859-1" -> charset = StandardCharsets.ISO_8859_1;
            default -> {
                return null;
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(pieces[2].length());
        for (int i = 0; i < pieces[2].length(); i++) {
            char c = pieces[2].charAt(i);
            if (c == '%') {
                int high = i + 1 < pieces[2].length() ? Character.digit(pieces[2].charAt(i + 1), 16) : -1;
                int low = i + 2 < pieces[2].length() ? Character.digit(pieces[2].charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (c > 0x20 && c < 0x7f) {
                bytes.put((byte) c);
            } else {
                return null;
            }
        }
        try {
            return charset.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }
}
