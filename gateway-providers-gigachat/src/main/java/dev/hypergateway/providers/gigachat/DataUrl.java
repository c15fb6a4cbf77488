package dev.hypergateway.providers.gigachat;

import java.util.Base64;
import java.util.Locale;

/**
 * Media inside a request, {@code data:<mime>;base64,<data>} (RFC 2397), decoded.
 *
 * @param mimeType lower case, without parameters
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DataUrl(String mimeType, byte[] body) {
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
        return new DataUrl(
                head.substring(0, semicolon).strip().toLowerCase(Locale.ROOT), base64(url.substring(comma + 1), param));
    }

    /** Decodes base64, also with line breaks. */
    static byte[] base64(String data, String param) {
        try {
            return Base64.getMimeDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(param, "the data is not base64");
        }
    }

    @Override
    public String toString() {
        return "DataUrl[" + mimeType + ", " + body.length + " bytes]";
    }
}
