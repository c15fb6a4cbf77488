package dev.hypergateway.benchmarks.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds HTTP/1.1 messages in the bytes of one connection, however they are cut: head, body by length, by chunks or until the
 * connection ends. It trusts the other side to be correct. Not thread-safe.
 */
public final class HttpParser {
    private static final int LONGEST_LINE = 64 * 1024;

    private final Sink sink;
    private final boolean responses;
    private byte[] line = new byte[256];
    private int lineLength;
    private final StringBuilder head = new StringBuilder(512);
    private State state = State.HEAD;
    private long left;

    /**
     * @param responses whether the messages are responses, whose body may go on until the connection ends
     * @param sink gets the messages
     */
    public HttpParser(boolean responses, Sink sink) {
        this.responses = responses;
        this.sink = sink;
    }

    /** Gets the pieces of messages. */
    public interface Sink {
        /** The start line and the header lines of a message, each ended by a line feed. */
        void head(String head);

        /**
         * A piece of the body.
         *
         * @param endsChunk whether the piece is the end of a chunk of a chunked body
         */
        void body(ByteBuffer piece, boolean endsChunk);

        /** The message is complete. */
        void end();
    }

    /** Takes in all bytes of the buffer. */
    public void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (state) {
                case BODY, CHUNK -> body(bytes);
                case UNTIL_END -> {
                    sink.body(bytes.duplicate(), false);
                    bytes.position(bytes.limit());
                }
                default -> {
                    if (readLine(bytes)) {
                        lineComplete();
                    }
                }
            }
        }
    }

    /** Says that the connection has ended; true when that was the proper end of a message, or between messages. */
    public boolean connectionEnded() {
        if (state == State.UNTIL_END) {
            endMessage();
            return true;
        }
        return state == State.HEAD && head.length() == 0 && lineLength == 0;
    }

    /** The value of a header field in a head, or an empty text. */
    public static String field(String head, String name) {
        int at = 0;
        int length = name.length();
        while (true) {
            at = head.indexOf('\n', at) + 1;
            if (at == 0) {
                return "";
            }
            if (head.regionMatches(true, at, name, 0, length)
                    && at + length < head.length()
                    && head.charAt(at + length) == ':') {
                return head.substring(at + length + 1, head.indexOf('\n', at)).strip();
            }
        }
    }

    private boolean readLine(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n') {
                if (lineLength > 0 && line[lineLength - 1] == '\r') {
                    lineLength--;
                }
                return true;
            }
            if (lineLength == line.length) {
                if (lineLength >= LONGEST_LINE) {
                    throw new IllegalStateException("a line of more than " + LONGEST_LINE + " bytes");
                }
                line = java.util.Arrays.copyOf(line, 2 * lineLength);
            }
            line[lineLength++] = b;
        }
        return false;
    }

    private void lineComplete() {
        int length = lineLength;
        lineLength = 0;
        switch (state) {
            case HEAD -> {
                if (length > 0) {
                    head.append(new String(line, 0, length, StandardCharsets.ISO_8859_1))
                            .append('\n');
                } else if (head.length() > 0) {
                    headComplete();
                }
            }
            case CHUNK_SIZE -> {
                left = chunkSize(length);
                state = left == 0 ? State.TRAILER : State.CHUNK;
            }
            case CHUNK_END -> state = State.CHUNK_SIZE;
            default -> {
                if (length == 0) {
                    endMessage();
                }
            }
        }
    }

    private void headComplete() {
        String complete = head.toString();
        head.setLength(0);
        String size = field(complete, "content-length");
        if (field(complete, "transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
            state = State.CHUNK_SIZE;
        } else if (!size.isEmpty()) {
            left = Long.parseLong(size);
            state = State.BODY;
        } else {
            left = 0;
            state = responses ? State.UNTIL_END : State.BODY;
        }
        sink.head(complete);
        if (state == State.BODY && left == 0) {
            endMessage();
        }
    }

    private void body(ByteBuffer bytes) {
        int count = (int) Math.min(left, bytes.remaining());
        ByteBuffer piece = bytes.duplicate();
        piece.limit(piece.position() + count);
        bytes.position(bytes.position() + count);
        left -= count;
        boolean last = left == 0;
        sink.body(piece, last && state == State.CHUNK);
        if (last && state == State.CHUNK) {
            state = State.CHUNK_END;
        } else if (last) {
            endMessage();
        }
    }

    private long chunkSize(int length) {
        int end = 0;
        while (end < length && Character.digit(line[end], 16) >= 0) {
            end++;
        }
        return Long.parseLong(new String(line, 0, end, StandardCharsets.ISO_8859_1), 16);
    }

    private void endMessage() {
        state = State.HEAD;
        sink.end();
    }

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_END
    }
}
