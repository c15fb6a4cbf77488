package dev.hypergateway.server.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of a form. The array is not copied and must not be changed.
 *
 * @param name name of the field
 * @param filename name that the client gives the file, without control characters; null where it gives none
 * @param contentType media type that the client names, in small letters and without parameters; null where it names none
 * @param content the bytes of the value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FormPart(
        String name, @Nullable String filename, @Nullable String contentType, byte[] content) {
    public FormPart {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
    }

    @Override
    public String toString() {
        return "FormPart[" + name + ", " + content.length + " bytes]";
    }
}
