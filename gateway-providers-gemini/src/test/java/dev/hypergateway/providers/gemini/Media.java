package dev.hypergateway.providers.gemini;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/** Pictures and other media in tests: real ones, and ones of a size. */
final class Media {
    /** One pixel. */
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    static final String GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

    private static final byte[] PNG_HEAD = HexFormat.of().parseHex("89504e470d0a1a0a");

    private Media() {}

    static String png() {
        return "data:image/png;base64," + PNG;
    }

    /** A picture of this many bytes, different for each seed. */
    static byte[] png(int bytes, int seed) {
        byte[] picture = new byte[bytes];
        new Random(seed).nextBytes(picture);
        System.arraycopy(PNG_HEAD, 0, picture, 0, PNG_HEAD.length);
        return picture;
    }

    static String url(String type, byte[] content) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }

    static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
