package dev.hypergateway.openai;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes in memory that are copied once, into the array at the end: a large array that is written is kept and must not change
 * meanwhile. Not thread-safe.
 */
final class PieceOutput extends OutputStream {
    /** Jackson hands over its buffer, which it uses again, in pieces of at most 8000 bytes. */
    private static final int LARGE = 16 * 1024;

    private final List<byte[]> full = new ArrayList<>(0);
    private final ByteArrayOutputStream small = new ByteArrayOutputStream(2048);

    @Override
    public void write(int b) {
        small.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        if (length < LARGE || length != bytes.length) {
            small.write(bytes, from, length);
            return;
        }
        full.add(small.toByteArray());
        small.reset();
        full.add(bytes);
    }

    byte[] toByteArray() {
        if (full.isEmpty()) {
            return small.toByteArray();
        }
        int size = small.size();
        for (byte[] piece : full) {
            size += piece.length;
        }
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] piece : full) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        System.arraycopy(small.toByteArray(), 0, all, at, small.size());
        return all;
    }
}
