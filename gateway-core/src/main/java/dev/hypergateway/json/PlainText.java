package dev.hypergateway.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text that stands in JSON as it is: ASCII without quotation marks, backslashes and control characters. Pictures in base64 are
 * such text; looking for what has to be escaped eight bytes at a time takes a tenth of the time of doing it character by
 * character. Stateless.
 */
public final class PlainText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private PlainText() {}

    /** The text in UTF-8 if it is plain as a whole; else null. */
    public static byte @Nullable [] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return end(bytes, 0, bytes.length) == bytes.length ? bytes : null;
    }

    /**
     * Where plain text ends.
     *
     * @param from index of its first byte
     * @param to index behind the last byte to look at
     * @return index of the first byte that is not plain; {@code to} when there is none
     */
    public static int end(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long found = (word & HIGH_BITS)
                    | ((word - SPACES) & ~word & HIGH_BITS)
                    | zeros(word ^ QUOTES)
                    | zeros(word ^ BACKSLASHES);
            if (found != 0) {
                // The lowest mark is exact; those above it may come from a borrow.
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        for (; at < to; at++) {
            byte b = bytes[at];
            if (b < ' ' || b == '"' || b == '\\') {
                return at;
            }
        }
        return to;
    }

    /** Marks the zero bytes of a word. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }
}
