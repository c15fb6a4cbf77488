package dev.hypergateway.benchmarks.upstream;

import java.nio.ByteBuffer;
import java.util.Locale;

/** How the streams of a key go wrong whose name says so, as {@code poison-stall-1} does. */
public enum Poison {
    /** Some events, then nothing more, and no end. */
    STALL,
    /** An event of a megabyte each second. */
    GIANT,
    /** Every other event is broken JSON. */
    MALFORMED,
    /** Eight megabytes as fast as the gateway takes them. */
    FLOOD,
    /** A stream like any other; it is the client that goes wrong. */
    NONE;

    private static final String MARK = "poison-";
    private static final int FEW = 5;
    private static final int GIANT_BYTES = 1024 * 1024;
    private static final long GIANT_PACE = 1_000_000_000;
    private static final int FLOOD_EVENTS = 2000;
    private static final int FLOOD_BYTES = 4096;

    /** A key whose streams go wrong like this. */
    public String key(int number) {
        return MARK + name().toLowerCase(Locale.ROOT) + "-" + number;
    }

    /** By the head of a request. */
    static Poison of(String head) {
        int at = head.indexOf(MARK);
        if (at < 0) {
            return NONE;
        }
        for (Poison poison : values()) {
            if (head.startsWith(poison.name().toLowerCase(Locale.ROOT), at + MARK.length())) {
                return poison;
            }
        }
        return NONE;
    }

    /** How many events come; fewer than are announced when the stream stalls. */
    int events(int usual) {
        return switch (this) {
            case STALL -> FEW;
            case FLOOD -> FLOOD_EVENTS;
            case GIANT, MALFORMED, NONE -> usual;
        };
    }

    long pace(long usual) {
        return switch (this) {
            case GIANT -> GIANT_PACE;
            case FLOOD -> 0;
            case STALL, MALFORMED, NONE -> usual;
        };
    }

    /** The data of an event, broken or not. */
    ByteBuffer event(VendorForm form, boolean broken) {
        return broken
                ? Answers.event("{\"choices\":[{\"delta\":{\"content\":\"cut")
                : text(form, this == GIANT ? GIANT_BYTES : this == FLOOD ? FLOOD_BYTES : FEW);
    }

    /** Whether an event is broken. */
    boolean breaks(int number) {
        return this == MALFORMED && number % 2 == 0;
    }

    private static ByteBuffer text(VendorForm form, int bytes) {
        return Answers.event(form.event(" word".repeat(bytes / 5)));
    }
}
