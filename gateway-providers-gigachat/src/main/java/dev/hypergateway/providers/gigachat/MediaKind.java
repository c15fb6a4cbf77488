package dev.hypergateway.providers.gigachat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What GigaChat takes as a file, with its limits
 * ({@code developers.sber.ru/docs/ru/gigachat/guides/working-with-files}): pictures to 15 MB, sound to 35 MB, documents to 40 MB.
 */
enum MediaKind {
    IMAGE("pictures as jpeg, png, tiff or bmp", 15),
    AUDIO("sound as mp3, wav, m4a, ogg, opus or webm", 35),
    DOCUMENT("documents as txt, doc, docx, pdf, epub, ppt or pptx", 40);

    private static final Map<String, String> AUDIO_TYPES = Map.of(
            "mp3", "audio/mpeg",
            "wav", "audio/wav",
            "m4a", "audio/mp4",
            "ogg", "audio/ogg",
            "opus", "audio/opus",
            "webm", "audio/webm");

    private static final Map<String, String> DOCUMENT_TYPES = Map.of(
            "txt", "text/plain",
            "doc", "application/msword",
            "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "pdf", "application/pdf",
            "epub", "application/epub",
            "ppt", "application/ppt",
            "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation");

    private final String accepted;
    private final int megabytes;

    MediaKind(String accepted, int megabytes) {
        this.accepted = accepted;
        this.megabytes = megabytes;
    }

    /** What is taken, for messages. */
    String accepted() {
        return accepted;
    }

    /** Most bytes of one file. */
    int maxBytes() {
        return megabytes * 1024 * 1024;
    }

    /** The picture's true format, whatever it is called; null when GigaChat does not take it. */
    static @Nullable String imageExtension(byte[] body) {
        if (begins(body, 0xff, 0xd8, 0xff)) {
            return "jpeg";
        } else if (begins(body, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
            return "png";
        } else if (begins(body, 'I', 'I', 0x2a, 0) || begins(body, 'M', 'M', 0, 0x2a)) {
            return "tiff";
        } else if (begins(body, 'B', 'M')) {
            return "bmp";
        }
        return null;
    }

    /** What else a body that is no picture for GigaChat is, for messages. */
    static String describe(byte[] body) {
        if (begins(body, 'G', 'I', 'F', '8')) {
            return "a GIF";
        } else if (begins(body, 'R', 'I', 'F', 'F')
                && body.length > 12
                && new String(Arrays.copyOfRange(body, 8, 12), StandardCharsets.US_ASCII).equals("WEBP")) {
            return "a WebP";
        }
        return body.length == 0 ? "empty" : "no picture that is known here";
    }

    /** The media type of a sound format; null when GigaChat does not take it. */
    static @Nullable String audioType(String format) {
        return AUDIO_TYPES.get(format.toLowerCase(Locale.ROOT));
    }

    /** The media type of a document by its name's ending; null when GigaChat does not take it. */
    static @Nullable String documentType(String extension) {
        return DOCUMENT_TYPES.get(extension.toLowerCase(Locale.ROOT));
    }

    /** The ending for a document of this media type; null when GigaChat does not take it. */
    static @Nullable String documentExtension(String type) {
        return DOCUMENT_TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static boolean begins(byte[] body, int... magic) {
        if (body.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((body[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
