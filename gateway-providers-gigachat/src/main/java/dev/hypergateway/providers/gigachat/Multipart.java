package dev.hypergateway.providers.gigachat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes the form for {@code POST /files} as {@code multipart/form-data} (RFC 7578). Used once. */
final class Multipart {
    private final String boundary = "hyper-" + UUID.randomUUID();
    private final ByteArrayOutputStream out;

    /** @param size about how many bytes it will be */
    Multipart(int size) {
        out = new ByteArrayOutputStream(size + 1024);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    Multipart field(String name, String value) {
        text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    /** The name of the file is one of ours, so it needs no escaping. */
    Multipart file(String name, Upload upload) {
        text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                + upload.filename() + "\"\r\nContent-Type: " + upload.mimeType() + "\r\n\r\n");
        out.writeBytes(upload.body());
        text("\r\n");
        return this;
    }

    byte[] end() {
        text("--" + boundary + "--\r\n");
        return out.toByteArray();
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
