package dev.hypergateway.provider;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The format of a picture, by its first bytes and not by what a caller or a server calls it. */
public enum PictureFormat {
    JPEG,
    PNG,
    WEBP,
    GIF,
    BMP,
    TIFF,
    HEIC,
    HEIF,
    AVIF;

    /** How many bytes of a picture are enough to tell its format. */
    public static final int HEAD = 16;

    /** The media type, for example {@code image/png}. */
    public String mimeType() {
        return "image/" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of a picture; empty when this is none that is known here.
     *
     * @param content its bytes, at least the first {@value #HEAD}
     */
    public static Optional<PictureFormat> of(byte[] content) {
        if (begins(content, 0xff, 0xd8, 0xff)) {
            return Optional.of(JPEG);
        } else if (begins(content, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            return Optional.of(PNG);
        } else if (begins(content, 'G', 'I', 'F', '8')) {
            return Optional.of(GIF);
        } else if (begins(content, 'I', 'I', 0x2a, 0) || begins(content, 'M', 'M', 0, 0x2a)) {
            return Optional.of(TIFF);
        } else if (begins(content, 'R', 'I', 'F', 'F') && text(content, 8).equals("WEBP")) {
            return Optional.of(WEBP);
        } else if (text(content, 4).equals("ftyp")) {
            return ofBrand(text(content, 8));
        }
        return begins(content, 'B', 'M') ? Optional.of(BMP) : Optional.empty();
    }

    /** ISO base media files tell what they are by their major brand (ISO/IEC 23008-12, annex B). */
    private static Optional<PictureFormat> ofBrand(String brand) {
        return switch (brand) {
            case "heic", "heix", "heim", "heis" -> Optional.of(HEIC);
            case "mif1", "msf1" -> Optional.of(HEIF);
            case "avif", "avis" -> Optional.of(AVIF);
            default -> Optional.empty();
        };
    }

    /** Four characters at a place, or nothing where the content is shorter. */
    private static String text(byte[] content, int from) {
        return content.length < from + 4 ? "" : new String(content, from, 4, StandardCharsets.ISO_8859_1);
    }

    private static boolean begins(byte[] content, int... magic) {
        if (content.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((content[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
