package dev.hypergateway.transport;

import dev.hypergateway.transport.TransportException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a {@code text/event-stream} into events (WHATWG HTML, "Server-sent events"), however the bytes are split:
 *
 * <pre>{@code
 * parser.feed(bytes);
 * for (SseEvent event = parser.poll(); event != null; event = parser.poll()) { … }
 * }</pre>
 *
 * <p>It departs from the standard in three points, because a vendor's answer counts more than its form: an event that the end of
 * the stream cuts off before its blank line is delivered by {@link #end()}; an {@code id} belongs to its own event only; and
 * {@code retry} is ignored. Lines may end in CR, LF or CRLF; comments and a byte-order mark are skipped; bytes that are not
 * UTF-8 become U+FFFD. Not thread-safe.
 */
public final class SseParser {
    /** Limit of one event unless another is given: 16 MiB, room for an image in base64. */
    public static final int DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024;

    private static final byte[] NONE = {};
    private static final int KEPT_WHEN_EMPTY = 4 * 1024;

    private final int maxEventBytes;

    /** Bytes not yet cut into lines: {@code buffer[start, end)}; those before {@code scanned} hold no line end. */
    private byte[] buffer = NONE;

    private int start;
    private int scanned;
    private int end;

    /** The lines of data of the event under way, joined by LF. */
    private byte[] data = NONE;

    private int dataLength;
    private boolean hasData;
    private @Nullable String event;
    private @Nullable String id;

    private boolean atBeginning = true;
    private boolean skipLineFeed;

    /** A parser with the default limit. */
    public SseParser() {
        this(DEFAULT_MAX_EVENT_BYTES);
    }

    /** @param maxEventBytes most bytes of one event */
    public SseParser(int maxEventBytes) {
        if (maxEventBytes < 1) {
            throw new IllegalArgumentException("maxEventBytes must be positive, was " + maxEventBytes);
        }
        this.maxEventBytes = maxEventBytes;
    }

    /** Takes in bytes, all that are left in {@code bytes}. */
    public void feed(ByteBuffer bytes) {
        int count = bytes.remaining();
        makeRoom(count);
        bytes.get(buffer, end, count);
        end += count;
    }

    /**
     * The next event that is complete.
     *
     * @return null when more bytes are needed
     * @throws TransportException {@link Reason#TOO_LARGE} when an event is over the limit; the parser is of no use afterwards
     */
    public @Nullable SseEvent poll() {
        while (scanned < end) {
            byte b = buffer[scanned];
            if (b != '\n' && b != '\r') {
                scanned++;
                continue;
            }
            int lineEnd = scanned++;
            if (b == '\n' && skipLineFeed && lineEnd == start) {
                skipLineFeed = false;
                start = scanned;
                continue;
            }
            skipLineFeed = b == '\r';
            int lineStart = start;
            start = scanned;
            SseEvent complete = line(lineStart, lineEnd);
            if (complete != null) {
                return complete;
            }
        }
        requireSize(end - start);
        if (start == end && buffer.length > KEPT_WHEN_EMPTY) {
            buffer = NONE;
            start = 0;
            scanned = 0;
            end = 0;
        }
        return null;
    }

    /**
     * Says that the stream has ended.
     *
     * @return the event that has data but no blank line after it, or null; call {@link #poll()} until null before
     */
    public @Nullable SseEvent end() {
        if (start < end) {
            int lineStart = start;
            start = end;
            scanned = end;
            SseEvent complete = line(lineStart, end);
            if (complete != null) {
                return complete;
            }
        }
        return dispatch();
    }

    /** Takes back the bytes that have not been cut into lines. */
    byte[] takeRest() {
        byte[] rest = Arrays.copyOfRange(buffer, start, end);
        start = end;
        scanned = end;
        return rest;
    }

    private @Nullable SseEvent line(int from, int to) {
        int begin = from;
        if (atBeginning) {
            atBeginning = false;
            begin += byteOrderMark(from, to);
        }
        if (begin == to) {
            return dispatch();
        }
        int colon = begin;
        while (colon < to && buffer[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, to);
        if (value < to && buffer[value] == ' ') {
            value++;
        }
        if (isField("data", begin, colon)) {
            addData(value, to);
        } else if (isField("event", begin, colon)) {
            event = value == to ? null : text(value, to);
        } else if (isField("id", begin, colon)) {
            String newId = text(value, to);
            id = newId.indexOf('\0') >= 0 ? id : newId;
        }
        return null;
    }

    private @Nullable SseEvent dispatch() {
        SseEvent complete =
                hasData ? new SseEvent(event, new String(data, 0, dataLength, StandardCharsets.UTF_8), id) : null;
        event = null;
        id = null;
        hasData = false;
        dataLength = 0;
        if (data.length > KEPT_WHEN_EMPTY) {
            data = NONE;
        }
        return complete;
    }

    private void addData(int from, int to) {
        int length = to - from;
        requireSize(length);
        int needed = dataLength + length + 1;
        if (needed > data.length) {
            data = Arrays.copyOf(data, grown(data.length, needed));
        }
        if (hasData) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(buffer, from, data, dataLength, length);
        dataLength += length;
        hasData = true;
    }

    private void requireSize(int more) {
        if ((long) dataLength + more > maxEventBytes) {
            throw new TransportException(
                    Reason.TOO_LARGE, "an event of the stream is over " + maxEventBytes + " bytes", null);
        }
    }

    private boolean isField(String name, int from, int to) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (buffer[i] != name.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    private int byteOrderMark(int from, int to) {
        boolean present = to - from >= 3
                && buffer[from] == (byte) 0xEF
                && buffer[from + 1] == (byte) 0xBB
                && buffer[from + 2] == (byte) 0xBF;
        return present ? 3 : 0;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private void makeRoom(int count) {
        int kept = end - start;
        int needed = Math.addExact(kept, count);
        if (kept == 0) {
            start = 0;
            scanned = 0;
            end = 0;
            if (needed > buffer.length) {
                buffer = new byte[needed];
            }
        } else if (end + count > buffer.length) {
            byte[] target = needed > buffer.length ? new byte[grown(buffer.length, needed)] : buffer;
            System.arraycopy(buffer, start, target, 0, kept);
            buffer = target;
            scanned -= start;
            start = 0;
            end = kept;
        }
    }

    private static int grown(int length, int needed) {
        return (int) Math.max(needed, Math.min(length * 2L, Integer.MAX_VALUE - 8));
    }
}
