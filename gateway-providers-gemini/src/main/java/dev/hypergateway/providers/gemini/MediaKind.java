package dev.hypergateway.providers.gemini;

import dev.hypergateway.provider.DataUrl;
import dev.hypergateway.provider.PictureFormat;
import dev.hypergateway.provider.Refusal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an attachment has to be ({@code ai.google.dev/gemini-api/docs/image-understanding}, {@code …/file-input-methods}). */
enum MediaKind {
    PICTURE,
    FILM,
    /** Whatever its media type says. */
    ANY;

    private static final Set<PictureFormat> PICTURES = EnumSet.of(
            PictureFormat.PNG, PictureFormat.JPEG, PictureFormat.WEBP, PictureFormat.HEIC, PictureFormat.HEIF);

    private static final Map<String, String> TYPES_BY_ENDING = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("mp3", "audio/mp3"),
            Map.entry("wav", "audio/wav"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("flac", "audio/flac"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/mov"),
            Map.entry("webm", "video/webm"));

    /** The media type by the ending of a name or address; null when it cannot be told, and Gemini looks for itself. */
    static @Nullable String typeByEnding(String name) {
        String path = name.replaceFirst("[?#].*", "").toLowerCase(Locale.ROOT);
        return TYPES_BY_ENDING.get(path.substring(path.lastIndexOf('.') + 1));
    }

    /**
     * The media type to tell Gemini, which refuses a picture under a wrong one ({@code image/jpg} included).
     *
     * @param declared what the caller or a server says
     * @param data the content in base64
     * @param param the request field, for messages
     * @throws dev.hypergateway.provider.ProviderException when the content is not of this kind
     */
    String checked(String declared, String data, String param) {
        if (data.isBlank()) {
            throw Refusal.of(param, "the data is empty");
        }
        if (this == PICTURE || declared.startsWith("image/")) {
            return picture(data, param).mimeType();
        }
        if (this == FILM && !declared.startsWith("video/")) {
            throw Refusal.of(param, "this is no film but " + declared + "; give the address of a film");
        }
        return declared;
    }

    private static PictureFormat picture(String data, String param) {
        PictureFormat format = PictureFormat.of(head(data, param)).orElse(null);
        if (format == null || !PICTURES.contains(format)) {
            throw Refusal.of(
                    param,
                    (format == null ? "this is no picture that is known here" : "this is a " + format)
                            + "; Gemini takes pictures as png, jpeg, webp, heic or heif");
        }
        return format;
    }

    /** The first bytes of base64, which may have line breaks. */
    private static byte[] head(String data, String param) {
        StringBuilder head = new StringBuilder();
        for (int i = 0; i < data.length() && head.length() < PictureFormat.HEAD * 2; i++) {
            if (!Character.isWhitespace(data.charAt(i))) {
                head.append(data.charAt(i));
            }
        }
        return DataUrl.decode(head.substring(0, head.length() / 4 * 4), param);
    }
}
