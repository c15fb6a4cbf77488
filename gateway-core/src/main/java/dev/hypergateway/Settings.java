package dev.hypergateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Configuration by environment-variable name: the environment of the process over a {@code .env} file in the working directory.
 * Values are secrets until proven otherwise, so no error shows one.
 */
public final class Settings {
    private static final Pattern LINE =
            Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)", Pattern.DOTALL);

    private Settings() {}

    /** The environment, and what {@code .env} in the working directory adds to it. */
    public static Map<String, String> load() {
        return load(Path.of(".env"), System.getenv());
    }

    /**
     * An environment, and what a file adds to it. A file that does not exist adds nothing.
     *
     * @throws IllegalArgumentException when a line of the file cannot be understood
     */
    public static Map<String, String> load(Path file, Map<String, String> environment) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (Files.isRegularFile(file)) {
            try {
                settings.putAll(parse(Files.readAllLines(file, StandardCharsets.UTF_8), file.toString()));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "cannot read " + file + " as UTF-8 text ("
                                + e.getClass().getSimpleName() + "); correct its encoding or permissions, or remove it",
                        e);
            }
        }
        settings.putAll(environment);
        return settings;
    }

    /**
     * Reads the lines of an {@code .env} file: {@code NAME=value}, with optional {@code export}, quotes around the value
     * ({@code \n}, {@code \"} and {@code \\} count in double ones), {@code #} comments on lines of their own or after a space
     * behind an unquoted value.
     *
     * @param name what to call the file in errors
     */
    static Map<String, String> parse(List<String> lines, String name) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (i == 0 && line.startsWith("\uFEFF")) {
                line = line.substring(1).strip();
            }
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(name + ", line " + (i + 1) + ": expected NAME=value or a # comment");
            }
            values.put(matcher.group(1), value(matcher.group(2).strip(), name, i + 1));
        }
        return values;
    }

    private static String value(String raw, String name, int line) {
        if (raw.startsWith("\"") || raw.startsWith("'")) {
            char quote = raw.charAt(0);
            int end = closingQuote(raw, quote);
            String rest = end < 0 ? "" : raw.substring(end + 1).strip();
            if (end < 0 || !(rest.isEmpty() || rest.startsWith("#"))) {
                throw new IllegalArgumentException(
                        name + ", line " + line + ": the value begins with " + quote + " but does not end with it");
            }
            String inner = raw.substring(1, end);
            return quote == '"' ? unescaped(inner) : inner;
        }
        int comment = raw.indexOf(" #");
        return (comment < 0 ? raw : raw.substring(0, comment)).strip();
    }

    private static int closingQuote(String raw, char quote) {
        for (int i = 1; i < raw.length(); i++) {
            if (raw.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (raw.charAt(i) == quote) {
                return i;
            }
        }
        return -1;
    }

    private static String unescaped(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                result.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }
}
