package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Recorded exchanges with the vendors, which stand beside the checkout and are not part of it. */
final class Recordings {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Recordings() {}

    /** One recording; the test is skipped where there are none. */
    static JsonNode read(String name) {
        try {
            return MAPPER.readTree(directory().resolve(name + ".json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all recordings of a vendor. */
    static List<String> names(String vendor) {
        try (Stream<Path> files = Files.list(directory().resolve(vendor))) {
            return files.map(
                            file -> vendor + "/" + file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode response(String name) {
        return read(name).path("response");
    }

    /** The data of a recorded stream. */
    static List<String> data(String name) {
        return data(response(name).path("sse"), name);
    }

    private static List<String> data(JsonNode sse, String name) {
        assertThat(sse.isTextual()).as("%s is a stream", name).isTrue();
        return Sse.data(sse.asText());
    }

    /** The names of the header fields in lower case, without those that a cassette or a proxy changes. */
    static Set<String> headerNames(String name) {
        Set<String> names = new TreeSet<>();
        response(name)
                .path("headers")
                .fieldNames()
                .forEachRemaining(field -> names.add(field.toLowerCase(Locale.ROOT)));
        names.removeAll(List.of("content-encoding", "alt-svc", "x-data-retention"));
        return names;
    }

    private static Path directory() {
        List<Path> tried = new ArrayList<>();
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/reference/recordings");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
            tried.add(candidate);
        }
        Assumptions.abort("the recorded exchanges are not beside this checkout, looked at " + tried);
        throw new IllegalStateException("aborted");
    }
}
