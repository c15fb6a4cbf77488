package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Media inside a request, {@code data:<mime>;base64,<data>} (RFC 2397).
 *
 * @param mimeType lower case, without parameters
 * @param data base64
 */
record DataUrl(String mimeType, String data) {
    private static final String SCHEME = "data:";

    static boolean is(String url) {
        return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * @param param the request field that holds the URL, for the message
     * @throws dev.hypergateway.provider.ProviderException when it is no base64 URL with a media type
     */
    static DataUrl parse(String url, String param) {
        int comma = url.indexOf(',');
        String head = comma < 0 ? "" : url.substring(SCHEME.length(), comma).strip();
        int semicolon = head.indexOf(';');
        if (semicolon <= 0 || !head.toLowerCase(Locale.ROOT).endsWith(";base64")) {
            throw Refusal.of(param, "a data: URL must read data:<media type>;base64,<data>");
        }
        return new DataUrl(head.substring(0, semicolon).strip().toLowerCase(Locale.ROOT), url.substring(comma + 1));
    }

    /** The part {@code {"inlineData": …}}. */
    ObjectNode part() {
        ObjectNode part = GeminiJson.object();
        part.putObject("inlineData").put("mimeType", mimeType).put("data", data);
        return part;
    }

    @Override
    public String toString() {
        return "DataUrl[" + mimeType + ", " + data.length() + " chars]";
    }
}
