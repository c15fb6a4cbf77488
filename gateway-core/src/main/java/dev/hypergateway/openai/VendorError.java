package dev.hypergateway.openai;

import dev.hypergateway.provider.Failures;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's error answer says, whatever its shape: <code>{"error":{"message","type","param","code"}}</code> (OpenAI,
 * Perplexity), <code>{"code","error":"text"}</code> (xAI), FastAPI's list of what is wrong, other JSON, HTML of something in
 * between, plain text, or nothing. Immutable.
 *
 * @param status HTTP status, or the numeric code of an error object inside a 2xx answer; 0 when neither tells
 * @param code the vendor's word for the error
 * @param type OpenAI's class of the error
 * @param param the request field that the vendor names
 * @param message the vendor's reason; empty when it gives none. May quote a key
 * @param form what the body is
 */
public record VendorError(
        int status,
        @Nullable String code,
        @Nullable String type,
        @Nullable String param,
        String message,
        Form form) {
    public VendorError {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(form, "form");
    }

    /**
     * Reads an error body.
     *
     * @param httpStatus status of the answer; 2xx for an error object in a successful one
     * @param body all of the body
     */
    public static VendorError of(int httpStatus, byte[] body) {
        Map<String, Object> fields;
        try {
            fields = JsonInput.object(body);
        } catch (OpenAiFormatException notAnObject) {
            return ofText(httpStatus, body);
        }
        Members outer = new Members("", fields);
        Members inner = outer.objectIf("error");
        Members named = inner == null ? outer : inner;
        String code = word(named.take("code"));
        if (code == null) {
            code = word(named.take("status"));
        }
        String param = named.stringIf("param");
        ValidationProblem problem = ValidationProblem.of(named);
        if (problem != null && param == null && !problem.field().isEmpty()) {
            param = problem.field();
        }
        return new VendorError(
                status(httpStatus, code),
                code,
                named.stringIf("type"),
                param,
                problem == null ? message(named, body) : problem.words(),
                Form.JSON);
    }

    private static VendorError ofText(int httpStatus, byte[] body) {
        String text = Failures.excerpt(body);
        boolean markup = new String(body, 0, Math.min(body.length, 64), StandardCharsets.UTF_8)
                .stripLeading()
                .startsWith("<");
        Form form = markup ? Form.MARKUP : text.isEmpty() ? Form.EMPTY : Form.TEXT;
        return new VendorError(status(httpStatus, null), null, null, null, text, form);
    }

    private static String message(Members fields, byte[] body) {
        for (String name : new String[] {"message", "error", "detail", "error_description"}) {
            String text = fields.stringIf(name);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return Failures.excerpt(body);
    }

    private static @Nullable String word(@Nullable Object value) {
        return value instanceof String || value instanceof Number ? value.toString() : null;
    }

    private static int status(int httpStatus, @Nullable String code) {
        if (httpStatus >= 300) {
            return httpStatus;
        }
        return code != null && code.matches("[45]\\d\\d") ? Integer.parseInt(code) : 0;
    }

    /** Whether the vendor's reason contains these words, in any case. */
    public boolean says(String words) {
        return message.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    /** Does not show the message, which may quote a key. */
    @Override
    public String toString() {
        return "VendorError[" + status + ", " + code + ", " + form + "]";
    }

    /** What an error body is. */
    public enum Form {
        /** A JSON object. */
        JSON,
        /** HTML or XML, as proxies answer. */
        MARKUP,
        /** Any other text. */
        TEXT,
        /** No body. */
        EMPTY
    }
}
