package dev.hypergateway.chat;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A piece of message content. Immutable. {@code extra} holds the part's unnamed JSON fields, in OpenAI's shape, so that
 * they reach vendors that understand them; those of an inner object such as {@code image_url} stand in a map of that name.
 * {@code toString()} never shows content.
 */
public sealed interface Part {

    /** The OpenAI content type, for example {@code text}. */
    String type();

    /** Text. */
    static Text text(String text) {
        return new Text(text);
    }

    /** A picture by {@code https:} or {@code data:} URL. */
    static Image image(String url) {
        return new Image(url, null, Map.of());
    }

    /**
     * Plain text.
     *
     * @param text the text, possibly empty
     */
    record Text(String text, Map<String, Object> extra) implements Part {
        public Text {
            Objects.requireNonNull(text, "text");
            extra = Fields.copyOf(extra);
        }

        public Text(String text) {
            this(text, Map.of());
        }

        @Override
        public String type() {
            return "text";
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " chars]";
        }
    }

    /**
     * A picture.
     *
     * @param url {@code https:} URL or {@code data:<mime>;base64,…}
     * @param detail {@code auto}, {@code low} or {@code high}
     */
    record Image(String url, @Nullable String detail, Map<String, Object> extra) implements Part {
        public Image {
            Objects.requireNonNull(url, "url");
            extra = Fields.copyOf(extra);
        }

        @Override
        public String type() {
            return "image_url";
        }

        @Override
        public String toString() {
            return "Image[" + url.length() + " chars]";
        }
    }

    /**
     * A sound recording.
     *
     * @param data base64
     * @param format {@code wav}, {@code mp3}, …
     */
    record Audio(String data, String format, Map<String, Object> extra) implements Part {
        public Audio {
            Objects.requireNonNull(data, "data");
            Objects.requireNonNull(format, "format");
            extra = Fields.copyOf(extra);
        }

        @Override
        public String type() {
            return "input_audio";
        }

        @Override
        public String toString() {
            return "Audio[" + format + ", " + data.length() + " chars]";
        }
    }

    /**
     * A document, inline or uploaded before.
     *
     * @param fileId id of an uploaded file
     * @param fileData {@code data:} URL
     * @param filename the file's name
     */
    record File(
            @Nullable String fileId,
            @Nullable String fileData,
            @Nullable String filename,
            Map<String, Object> extra) implements Part {
        public File {
            extra = Fields.copyOf(extra);
        }

        @Override
        public String type() {
            return "file";
        }

        @Override
        public String toString() {
            return "File[" + (fileId == null ? "inline" : "uploaded") + "]";
        }
    }

    /**
     * A part of a type that this library does not name.
     *
     * @param fields all JSON fields of the part, {@code type} included
     */
    record Other(String type, Map<String, Object> fields) implements Part {
        public Other {
            Objects.requireNonNull(type, "type");
            fields = Fields.copyOf(fields);
        }

        @Override
        public String toString() {
            return "Other[" + type + "]";
        }
    }
}
