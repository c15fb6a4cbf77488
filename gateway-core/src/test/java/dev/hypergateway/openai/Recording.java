package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recorded exchange with a vendor. The recordings stand beside the checkout, not in it; tests that need them are skipped where
 * they are missing.
 */
record Recording(String name, JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Recording of(String vendor, String name) {
        return read(folder(vendor).resolve(name + ".json"));
    }

    /** All recordings of a vendor's chat endpoint. */
    static List<Recording> chatsOf(String vendor) {
        try (Stream<Path> files = Files.list(folder(vendor))) {
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

    byte[] responseBytes() {
        return response().toString().getBytes(StandardCharsets.UTF_8);
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

    private static Path folder(String vendor) {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/reference/recordings").resolve(vendor);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        assumeTrue(false, "no folder shared/reference/recordings beside the checkout");
        throw new AssertionError("unreachable");
    }
}
