package dev.hypergateway.providers.gigachat;

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
}
