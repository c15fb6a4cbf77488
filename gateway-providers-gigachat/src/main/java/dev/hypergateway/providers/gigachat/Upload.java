package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.PictureFormat;
import dev.hypergateway.provider.Refusal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A file to upload. The array is not copied.
 *
 * @param filename a name with the right ending; GigaChat goes by it
 * @param mimeType media type
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Upload(String filename, String mimeType, byte[] body) {
    private static final Set<PictureFormat> PICTURES =
            EnumSet.of(PictureFormat.JPEG, PictureFormat.PNG, PictureFormat.TIFF, PictureFormat.BMP);

    /**
     * A picture, by its content and not by what the caller or a server calls it.
     *
     * @param param the request field, for messages
     */
    static Upload image(byte[] body, String param) {
        PictureFormat format = PictureFormat.of(body).orElse(null);
        if (format == null || !PICTURES.contains(format)) {
            throw Refusal.of(
                    param,
                    "this is "
                            + (format != null
                                    ? "a " + format
                                    : body.length == 0 ? "empty" : "no picture that is known here")
                            + "; GigaChat takes " + MediaKind.IMAGE.accepted());
        }
        String extension = format.name().toLowerCase(Locale.ROOT);
        return checked(new Upload("image." + extension, format.mimeType(), body), MediaKind.IMAGE, param);
    }

    /** A sound recording. */
    static Upload audio(byte[] body, String format, String param) {
        String type = MediaKind.audioType(format);
        if (type == null) {
            throw Refusal.of(param, "GigaChat takes " + MediaKind.AUDIO.accepted() + ", not '" + format + "'");
        }
        return checked(new Upload("audio." + format.toLowerCase(Locale.ROOT), type, body), MediaKind.AUDIO, param);
    }

    /**
     * A document, or a picture that is called a file.
     *
     * @param declaredType media type that the caller names
     * @param filename name that the caller gives; may be empty
     */
    static Upload file(byte[] body, String declaredType, String filename, String param) {
        if (declaredType.startsWith("image/")) {
            return image(body, param);
        }
        String extension = filename.substring(filename.lastIndexOf('.') + 1);
        String type = MediaKind.documentType(extension);
        if (type == null) {
            String known = MediaKind.documentExtension(declaredType);
            if (known == null) {
                throw Refusal.of(
                        param,
                        "GigaChat takes " + MediaKind.DOCUMENT.accepted() + "; name the file so, or its media type");
            }
            extension = known;
            type = declaredType;
        }
        return checked(
                new Upload("document." + extension.toLowerCase(Locale.ROOT), type, body), MediaKind.DOCUMENT, param);
    }

    boolean isDocument() {
        return !mimeType.startsWith("image/") && !mimeType.startsWith("audio/");
    }

    private static Upload checked(Upload upload, MediaKind kind, String param) {
        if (upload.body.length == 0) {
            throw Refusal.of(param, "the file is empty");
        }
        if (upload.body.length > kind.maxBytes()) {
            throw Refusal.of(
                    param,
                    "the file has " + upload.body.length + " bytes, GigaChat takes at most " + kind.maxBytes()
                            + "; make it smaller");
        }
        return upload;
    }

    @Override
    public String toString() {
        return "Upload[" + filename + ", " + body.length + " bytes]";
    }
}
