package dev.hypergateway.provider;

import java.util.Base64;
import java.util.Locale;

/**
 * Media inside a request, {@code data:<mime>;base64,<data>} (RFC 2397). Immutable; {@code toString()} shows no content.
 *
 * @param mimeType lower case, without parameters
 * @param data base64, as it was sent
 */
public record DataUrl(String mimeType, String data) {
    private static final String SCHEME = "data:";

    /** Whether this is meant as one. */
    public static boolean is(String url) {
        return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Takes a URL apart; the data is not looked at.
     *
     * @param param the request field that holds the URL, for the message
     * @throws ProviderException when it is no base64 URL with a media type
     */
    public static DataUrl parse(String url, String param) {
        int comma = url.indexOf(',');
        String head = comma < 0 ? "" : url.substring(SCHEME.length(), comma).strip();
        int semicolon = head.indexOf(';');
        if (semicolon <= 0 || !head.toLowerCase(Locale.ROOT).endsWith(";base64")) {
            throw Refusal.of(param, "a data: URL must read data:<media type>;base64,<data>");
        }
        return new DataUrl(head.substring(0, semicolon).strip().toLowerCase(Locale.ROOT), url.substring(comma + 1));
    }

    /**
     * The content.
     *
     * @param param the request field that holds the URL, for the message
     * @throws ProviderException when the data is not base64
     */
    public byte[] bytes(String param) {
        return decode(data, param);
    }

    /**
     * Decodes base64, also with line breaks.
     *
     * @param param the request field that holds it, for the message
     * @throws ProviderException when it is none
     */
    public static byte[] decode(String base64, String param) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(param, "the data is not base64");
        }
    }

    @Override
    public String toString() {
        return "DataUrl[" + mimeType + ", " + data.length() + " chars]";
    }
}
