package dev.hypergateway.provider;

import java.util.regex.Pattern;

/**
 * Takes secrets out of text that a vendor wrote, because vendors quote keys in their error messages: the secret itself, what
 * looks like any vendor's key, and half-masked keys such as {@code xa***Ab}. Stateless.
 */
public final class Redactor {
    /** What a redacted piece becomes. */
    public static final String MASK = "****";

    private static final int SHORTEST_FRAGMENT = 6;
    private static final int FEWEST_DISTINCT = 3;

    private static final Pattern HALF_MASKED = Pattern.compile("[A-Za-z0-9_\\-]*\\*{2,}[A-Za-z0-9_\\-]*");

    /** Perplexity's models for embeddings, {@code pplx-embed-v1-4b}, are named as its keys begin. */
    private static final Pattern KEY_SHAPED =
            Pattern.compile("AIza[0-9A-Za-z_\\-]{10,}|AQ\\.[0-9A-Za-z_\\-]{10,}|xai-[0-9A-Za-z_\\-]{8,}"
                    + "|pplx-(?!embed-(?:context-)?v[0-9])[0-9A-Za-z_\\-]{8,}"
                    + "|\\b(?:sk|hp)[-_][0-9A-Za-z_\\-]{8,}"
                    + "|(?i:bearer|basic)\\s+[0-9A-Za-z._~+/=\\-]{8,}"
                    + "|(?i:[?&](?:key|api_key|access_token)=)[^&\\s\"']+");

    private Redactor() {}

    /** The text without anything that looks like a key. */
    public static String redact(String text) {
        String result = mayHoldKey(text) ? KEY_SHAPED.matcher(text).replaceAll(MASK) : text;
        return result.contains("**") ? HALF_MASKED.matcher(result).replaceAll(MASK) : result;
    }

    /** The text without this secret, any long beginning or end of it, or anything else that looks like a key. */
    public static String redact(String text, Secret secret) {
        String value = secret.reveal();
        String result = text.replace(value, MASK);
        if (value.length() > SHORTEST_FRAGMENT) {
            result = withoutFragments(result, value);
        }
        return redact(result);
    }

    /** Whether an alternative of {@link #KEY_SHAPED} begins somewhere: cheap, because nearly all text of headers and logs has none. */
    private static boolean mayHoldKey(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean begins = switch (text.charAt(i)) {
                case 'A' -> text.startsWith("AIza", i) || text.startsWith("AQ.", i);
                case 'x' -> text.startsWith("xai-", i);
                case 'p' -> text.startsWith("pplx-", i);
                case 's' -> text.startsWith("sk-", i) || text.startsWith("sk_", i);
                case 'h' -> text.startsWith("hp-", i) || text.startsWith("hp_", i);
                case 'b', 'B' ->
                    text.regionMatches(true, i, "bearer", 0, 6) || text.regionMatches(true, i, "basic", 0, 5);
                case '?', '&' -> true;
                default -> false;
            };
            if (begins) {
                return true;
            }
        }
        return false;
    }

    /** Replaces each longest run of the text that is a prefix or suffix of the value and at least six characters long. */
    private static String withoutFragments(String text, String value) {
        String head = value.substring(0, SHORTEST_FRAGMENT);
        String tail = value.substring(value.length() - SHORTEST_FRAGMENT);
        String result = text;
        for (int at = telling(head) ? result.indexOf(head) : -1;
                at >= 0;
                at = result.indexOf(head, at + MASK.length())) {
            int length = SHORTEST_FRAGMENT;
            while (length < value.length()
                    && at + length < result.length()
                    && result.charAt(at + length) == value.charAt(length)) {
                length++;
            }
            result = result.substring(0, at) + MASK + result.substring(at + length);
        }
        for (int at = telling(tail) ? result.indexOf(tail) : -1; at >= 0; at = result.indexOf(tail, at + 1)) {
            int length = SHORTEST_FRAGMENT;
            while (length < value.length()
                    && at > 0
                    && result.charAt(at - 1) == value.charAt(value.length() - length - 1)) {
                length++;
                at--;
            }
            result = result.substring(0, at) + MASK + result.substring(at + length);
        }
        return result;
    }

    /** Whether a piece is of the key's own: a run of zeros also stands in numbers that have nothing to do with it. */
    private static boolean telling(String piece) {
        return piece.chars().distinct().count() >= FEWEST_DISTINCT;
    }
}
