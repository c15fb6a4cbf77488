package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A file at Google ({@code ai.google.dev/api/files}).
 *
 * @param name for example {@code files/abc-123}
 * @param uri what a request refers to it by
 * @param mimeType media type
 * @param expires when Google deletes it, two days after the upload
 */
record UploadedFile(String name, String uri, String mimeType, Instant expires) {
    /** How long Google keeps files, where it does not say. */
    private static final Duration KEPT = Duration.ofDays(2);

    static UploadedFile of(JsonNode file, String mimeType, Instant now) {
        return new UploadedFile(
                file.path("name").asText(), file.path("uri").asText(), mimeType, expires(file, now.plus(KEPT)));
    }

    private static Instant expires(JsonNode file, Instant otherwise) {
        try {
            return Instant.parse(file.path("expirationTime").asText());
        } catch (DateTimeParseException unsaid) {
            return otherwise;
        }
    }
}
