package dev.hypergateway.providers.sonar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recorded exchange with Perplexity. The recordings stand beside the checkout, not in it; tests that need them are skipped where
 * they are missing.
 */
record Recording(String name, JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Recording of(String name) {
        return read(folder().resolve(name + ".json"));
    }

    /** All recordings of Perplexity's chat endpoint. */
    static List<Recording> chats() {
        try (Stream<Path> files = Files.list(folder())) {
            List<Recording> found = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Recording::read)
                    .filter(recording -> recording.url().endsWith("/chat/completions"))
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return json.at("/request/url").asText();
    }

    int status() {
        return json.at("/response/status").asInt();
    }

    boolean hasRequest() {
        return json.at("/request/body").isObject();
    }

    JsonNode request() {
        return json.at("/request/body");
    }

    boolean isStream() {
        return json.at("/response").has("sse");
    }

    boolean isJson() {
        return json.at("/response/body").isObject();
    }

    JsonNode response() {
        return json.at("/response/body");
    }

    String contentType() {
        return isStream() ? "text/event-stream" : "application/json";
    }

    /** The body as it went over the wire; of some recordings only its JSON is known. */
    String responseText() {
        JsonNode response = json.at("/response");
        if (isStream()) {
            return response.get("sse").asText();
        }
        return response.hasNonNull("body_text")
                ? response.get("body_text").asText()
                : response().toString();
    }

    String sse() {
        return json.at("/response/sse").asText();
    }

    /** The data of all events but {@code [DONE]}. */
    List<String> chunks() {
        return Arrays.stream(sse().split("\r?\n"))
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }

    private static Recording read(Path file) {
        try {
            return new Recording(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/reference/recordings/perplexity");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        assumeTrue(false, "no folder shared/reference/recordings beside the checkout");
        throw new AssertionError("unreachable");
    }
}
