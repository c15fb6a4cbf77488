package dev.hypergateway.recordings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link LoopbackServer} answers.
 *
 * @param headers by name
 * @param isCut whether the connection breaks after the body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(int status, Map<String, List<String>> headers, byte[] body, boolean isCut) {
    /** A recorded answer, with its headers. */
    public static Answer of(Recording recording) {
        return new Answer(recording.status(), recording.headers(), recording.bytes(), false)
                .with("Content-Type", recording.contentType());
    }

    /** A whole answer. */
    public static Answer of(int status, String contentType, String body) {
        return new Answer(
                status, Map.of("content-type", List.of(contentType)), body.getBytes(StandardCharsets.UTF_8), false);
    }

    /** The same with this header besides. */
    public Answer with(String name, String value) {
        Map<String, List<String>> more = new TreeMap<>(headers);
        more.put(name.toLowerCase(Locale.ROOT), List.of(value));
        return new Answer(status, more, body, isCut);
    }

    /** The same, but the connection breaks after the body. */
    public Answer cut() {
        return new Answer(status, headers, body, true);
    }
}
