package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A recorded exchange with Gemini, from the reference material beside the checkout. */
record Recording(String name, JsonNode request, JsonNode response) {
    private static final Path FOLDER = Path.of("shared", "reference", "recordings", "gemini");

    /** The folder of the recordings, or null where the reference material is absent. */
    static @Nullable Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(FOLDER))) {
                return at.resolve(FOLDER);
            }
        }
        return null;
    }

    static List<Recording> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Recording::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recording read(Path file) {
        try {
            JsonNode exchange = GeminiJson.parse(Files.readAllBytes(file));
            String name = file.getFileName().toString().replaceFirst("\\.json$", "");
            return new Recording(name, exchange.get("request"), exchange.get("response"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Path and query without the host, for example {@code /v1beta/models/x:generateContent}. */
    String target() {
        URI uri = URI.create(
                request.get("url").asText().replace("…", "x").replace("<", "").replace(">", ""));
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    boolean isChat() {
        return target().contains(":generateContent") || isStream();
    }

    boolean isStream() {
        return target().contains(":streamGenerateContent");
    }

    /** The vendor's name of the model as it stands in the address. */
    String model() {
        return target().replaceFirst(".*/models/", "").replaceFirst(":.*", "");
    }

    int status() {
        return response.get("status").asInt();
    }

    /** The body as it was sent. */
    String body() {
        if (response.has("sse")) {
            return response.get("sse").asText();
        }
        return response.has("body_text")
                ? response.get("body_text").asText()
                : response.path("body").toPrettyString();
    }

    String contentType() {
        JsonNode recorded = response.path("headers").path("Content-Type");
        if (recorded.isTextual()) {
            return recorded.asText();
        }
        return response.has("sse") ? "text/event-stream" : "application/json; charset=UTF-8";
    }

    /** All chunks of a stream, or the one body. */
    List<JsonNode> chunks() {
        if (!response.has("sse")) {
            JsonNode body = Json.parse(body());
            return body.isArray() ? stream(body) : List.of(body);
        }
        return body().lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.parse(line.substring(6)))
                .toList();
    }

    private static List<JsonNode> stream(JsonNode array) {
        List<JsonNode> chunks = new java.util.ArrayList<>();
        array.forEach(chunks::add);
        return chunks;
    }
}
