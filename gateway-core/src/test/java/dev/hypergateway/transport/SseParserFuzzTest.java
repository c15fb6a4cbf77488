package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * However a stream is split and whatever its line ends, the events are the same. Long streams are cut at every byte too, but at
 * many bytes at once; {@code -Dfuzz.exhaustive=true} cuts them in two at every byte, which takes minutes.
 */
class SseParserFuzzTest {
    private static final boolean EXHAUSTIVE = Boolean.getBoolean("fuzz.exhaustive");
    private static final int SHORT = 3_000;
    private static final int STRIDE = 61;
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

    @TestFactory
    Stream<DynamicTest> shipped_streams_give_the_same_events_however_they_are_split() throws IOException {
        Map<String, String> streams = new TreeMap<>();
        for (String name : List.of("crlf-json.sse", "lf-done.sse", "oddities.sse")) {
            try (InputStream in = SseParserFuzzTest.class.getResourceAsStream(name)) {
                streams.put(name, new String(in.readAllBytes(), UTF_8));
            }
        }
        return streams.entrySet().stream()
                .map(stream -> DynamicTest.dynamicTest(stream.getKey(), () -> check(stream.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> recorded_streams_give_the_same_events_however_they_are_split() {
        Map<String, String> streams = new TreeMap<>();
        for (String vendor : Recordings.vendors()) {
            Recordings.of(vendor).all().stream()
                    .filter(Recording::isStream)
                    .forEach(recording -> streams.put(vendor + "/" + recording, recording.body()));
        }
        assertThat(streams).hasSizeGreaterThan(40);
        return streams.entrySet().stream()
                .map(stream -> DynamicTest.dynamicTest(stream.getKey(), () -> check(stream.getValue())));
    }

    @Test
    void random_bytes_give_the_same_events_however_they_are_split() {
        Random random = new Random(SEED);
        byte[] alphabet = "data: event:id\r\r\n\n\n:\0\u00e9\uFEFFx".getBytes(UTF_8);
        for (int round = 0; round < 2_000; round++) {
            byte[] stream = new byte[random.nextInt(60)];
            for (int i = 0; i < stream.length; i++) {
                stream[i] = alphabet[random.nextInt(alphabet.length)];
            }
            List<SseEvent> whole = parse(stream, stream.length + 1);
            assertThat(parse(stream, 1)).as("seed %d round %d", SEED, round).isEqualTo(whole);
            assertThat(parseInRandomPieces(stream, random))
                    .as("seed %d round %d", SEED, round)
                    .isEqualTo(whole);
        }
    }

    private static void check(String stream) {
        List<SseEvent> expected = reference(stream);
        assertThat(expected).isNotEmpty();
        String lf = stream.replace("\r\n", "\n").replace('\r', '\n');
        for (String form : List.of(stream, lf, lf.replace("\n", "\r"), lf.replace("\n", "\r\n"))) {
            checkSplits(form.getBytes(UTF_8), expected);
        }
        String unended = lf.stripTrailing();
        checkSplits(unended.getBytes(UTF_8), expected);
        checkSplits((unended + "\n").getBytes(UTF_8), expected);
    }

    private static void checkSplits(byte[] stream, List<SseEvent> expected) {
        assertThat(parse(stream, stream.length + 1)).as("whole").isEqualTo(expected);
        assertThat(parse(stream, 1)).as("single bytes").isEqualTo(expected);
        boolean inTwo = EXHAUSTIVE || stream.length <= SHORT;
        int stride = inTwo ? stream.length + 1 : STRIDE;
        for (int split = 0; split < stride; split++) {
            List<SseEvent> events = parse(stream, split, stride);
            if (!events.equals(expected)) {
                assertThat(events)
                        .as("split at byte %d and every %d", split, stride)
                        .isEqualTo(expected);
            }
        }
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            assertThat(parseInRandomPieces(stream, random))
                    .as("seed %d round %d", SEED, round)
                    .isEqualTo(expected);
        }
    }

    /** A second, simple-minded reading of the format, on lines of a whole string. */
    private static List<SseEvent> reference(String stream) {
        List<SseEvent> events = new ArrayList<>();
        List<String> data = new ArrayList<>();
        String event = null;
        String id = null;
        String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r\n|\r|\n", -1)));
        lines.add("");
        for (String line : lines) {
            String value = line.replaceFirst("^[^:]*:? ?", "");
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.add(new SseEvent(event, String.join("\n", data), id));
                }
                data.clear();
                event = null;
                id = null;
            } else if (line.startsWith("data:") || line.equals("data")) {
                data.add(value);
            } else if (line.startsWith("event:")) {
                event = value.isEmpty() ? null : value;
            } else if (line.startsWith("id:")) {
                id = value;
            }
        }
        return events;
    }

    private static List<SseEvent> parse(byte[] stream, int pieceLength) {
        return parse(stream, 0, pieceLength);
    }

    private static List<SseEvent> parse(byte[] stream, int firstLength, int pieceLength) {
        SseParser parser = new SseParser();
        List<SseEvent> events = new ArrayList<>();
        take(parser, stream, 0, firstLength, events);
        for (int from = firstLength; from < stream.length; from += pieceLength) {
            take(parser, stream, from, Math.min(stream.length, from + pieceLength), events);
        }
        return end(parser, events);
    }

    private static List<SseEvent> parseInRandomPieces(byte[] stream, Random random) {
        SseParser parser = new SseParser();
        List<SseEvent> events = new ArrayList<>();
        int from = 0;
        while (from < stream.length) {
            int to = Math.min(stream.length, from + random.nextInt(1 + random.nextInt(300)));
            take(parser, stream, from, to, events);
            from = to;
        }
        return end(parser, events);
    }

    private static void take(SseParser parser, byte[] stream, int from, int to, List<SseEvent> events) {
        parser.feed(ByteBuffer.wrap(stream, from, to - from));
        for (SseEvent event = parser.poll(); event != null; event = parser.poll()) {
            events.add(event);
        }
    }

    private static List<SseEvent> end(SseParser parser, List<SseEvent> events) {
        SseEvent last = parser.end();
        if (last != null) {
            events.add(last);
        }
        return events;
    }
}
