package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Recorded exchanges by {@code vendor/name}, for comparing the sandbox with. */
final class Recorded {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Recorded() {}

    /** One recording; the test is skipped where there are none. */
    static JsonNode read(String name) {
        return exchange(name).json();
    }

    /** The names of all recordings of a vendor. */
    static List<String> names(String vendor) {
        return Recordings.of(vendor).all().stream()
                .map(recording -> vendor + "/" + recording.name())
                .toList();
    }

    static JsonNode response(String name) {
        return read(name).path("response");
    }

    /** The data of a recorded stream. */
    static List<String> data(String name) {
        assertThat(exchange(name).isStream()).as("%s is a stream", name).isTrue();
        return exchange(name).events();
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

    private static Recording exchange(String name) {
        String[] parts = name.split("/", 2);
        return Recordings.of(parts[0]).get(parts[1]);
    }
}
