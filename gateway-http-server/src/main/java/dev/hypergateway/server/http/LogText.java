package dev.hypergateway.server.http;

import dev.hypergateway.provider.Redactor;

/** Text from outside, made fit for a log line or a header: one line of printable ASCII, short, without keys. Stateless. */
public final class LogText {
    private static final int LONGEST = 120;

    private LogText() {}

    /** The text on one line, at most 120 characters long. */
    public static String of(String text) {
        String redacted = Redactor.redact(text);
        if (isFit(redacted)) {
            return redacted;
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < redacted.length() && line.length() < LONGEST; i++) {
            char c = redacted.charAt(i);
            line.append(c > 0x20 && c < 0x7f ? c : '_');
        }
        return line.toString();
    }

    private static boolean isFit(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 0x20 || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
