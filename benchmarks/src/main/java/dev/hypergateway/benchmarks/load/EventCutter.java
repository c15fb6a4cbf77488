package dev.hypergateway.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into events at their empty lines. Not thread-safe. */
final class EventCutter {
    private static final byte[] DONE = "data: [DONE]".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[4096];
    private int start;
    private int scanned;
    private int end;

    void add(ByteBuffer piece) {
        int count = piece.remaining();
        if (start == end) {
            reset();
        }
        if (end + count > bytes.length) {
            byte[] larger = new byte[Math.max(bytes.length * 2, end - start + count)];
            System.arraycopy(bytes, start, larger, 0, end - start);
            bytes = larger;
            scanned -= start;
            end -= start;
            start = 0;
        }
        piece.get(bytes, end, count);
        end += count;
    }

    /** The next whole event; null when there is none. */
    @Nullable
    ByteBuffer next() {
        for (int i = Math.max(scanned, start + 1); i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\n') {
                ByteBuffer event = ByteBuffer.wrap(bytes, start, i + 1 - start).slice();
                start = i + 1;
                scanned = start;
                return event;
            }
        }
        scanned = end;
        return null;
    }

    /** Whether a part of an event is left. */
    boolean hasRest() {
        return start < end;
    }

    void reset() {
        start = 0;
        scanned = 0;
        end = 0;
    }

    /** Whether an event is OpenAI's end of a stream. */
    static boolean isEnd(ByteBuffer event) {
        return event.remaining() >= DONE.length
                && Arrays.equals(
                        event.array(), event.arrayOffset(), event.arrayOffset() + DONE.length, DONE, 0, DONE.length);
    }
}
