package dev.hypergateway.benchmarks.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A time in the text of an answer, {@code @000000000123456789@}: nanoseconds in a fixed number of digits. It passes through every
 * gateway, because it is what the model says. The clock is {@link System#nanoTime()}, which all processes of one machine share.
 */
public final class Stamp {
    /** Stands where the stamp will be. */
    public static final String PLACE = "@000000000000000000@";

    /** Stands where a running number will be, as vendors' running counts of tokens do. */
    static final String COUNT = "7000000000";

    private static final int DIGITS = PLACE.length() - 2;

    private Stamp() {}

    /** Where the digits of the first stamp begin in a template; -1 without one. */
    static int placeIn(byte[] template) {
        for (int i = 0; i + PLACE.length() <= template.length; i++) {
            if (template[i] == '@' && template[i + DIGITS + 1] == '@') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Where a running number stands in a template; -1 without one. */
    static int countIn(byte[] template) {
        byte[] count = COUNT.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + count.length <= template.length; i++) {
            if (Arrays.equals(template, i, i + count.length, count, 0, count.length)) {
                return i;
            }
        }
        return -1;
    }

    static void write(byte[] target, int at, long nanos) {
        write(target, at, DIGITS, nanos);
    }

    /** Writes the last digits of a number. */
    static void write(byte[] target, int at, int digits, long number) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Reads the next stamp and moves the buffer behind it.
     *
     * @return -1 when there is no whole stamp; the buffer stands at its end then
     */
    public static long next(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (bytes.get() != '@' || bytes.remaining() <= DIGITS || bytes.get(bytes.position() + DIGITS) != '@') {
                continue;
            }
            long value = 0;
            for (int i = 0; i < DIGITS; i++) {
                value = value * 10 + (bytes.get() - '0');
            }
            bytes.get();
            return value;
        }
        return -1;
    }
}
