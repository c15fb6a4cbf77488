package dev.hypergateway.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The fields of a {@code multipart/form-data} body (RFC 7578). Immutable. */
public final class MultipartForm {
    static final String TYPE = "multipart/form-data";

    private final List<FormPart> parts;

    MultipartForm(List<FormPart> parts) {
        this.parts = List.copyOf(parts);
    }

    /** A form without fields. */
    public static MultipartForm empty() {
        return new MultipartForm(List.of());
    }

    /** All fields as they came. */
    public List<FormPart> parts() {
        return parts;
    }

    /**
     * The file in a field; empty when there is none, or when its field was left blank in a browser.
     *
     * @throws InvalidField when there are several
     */
    public Optional<FormPart> file(String name) {
        return single(name).filter(part -> part.content().length > 0 || !"".equals(part.filename()));
    }

    /**
     * The text in a field.
     *
     * @throws InvalidField when there are several, or it is not UTF-8
     */
    public Optional<String> text(String name) {
        return single(name).map(part -> {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(part.content()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new InvalidField("body", name, "must be UTF-8 text");
            }
        });
    }

    private Optional<FormPart> single(String name) {
        List<FormPart> found =
                parts.stream().filter(part -> part.name().equals(name)).toList();
        if (found.size() > 1) {
            throw new InvalidField("body", name, "was sent " + found.size() + " times; send it once");
        }
        return found.stream().findFirst();
    }
}
