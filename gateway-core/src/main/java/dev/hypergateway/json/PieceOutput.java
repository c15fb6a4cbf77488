package dev.hypergateway.json;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes in memory that are not copied where there are many: a large array that is written is kept as it is and must not change any
 * more. Not thread-safe.
 */
public final class PieceOutput extends OutputStream {
    /** Jackson hands over its buffer, which it uses again, in pieces of at most 8000 bytes. */
    private static final int LARGE = 16 * 1024;

    private final List<byte[]> full = new ArrayList<>(0);
    private final ByteArrayOutputStream small = new ByteArrayOutputStream(2048);

    /** Holds nothing yet. */
    public PieceOutput() {}

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
        cut();
        full.add(bytes);
    }

    /** All that was written, in order; a large array is the very one that was written. */
    public List<byte[]> pieces() {
        cut();
        return List.copyOf(full);
    }

    /** All that was written, in one array. */
    public byte[] toByteArray() {
        if (full.isEmpty()) {
            return small.toByteArray();
        }
        byte[] all = new byte[Math.toIntExact(size())];
        int at = 0;
        for (byte[] piece : pieces()) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    /** How many bytes were written. */
    public long size() {
        return full.stream().mapToLong(piece -> piece.length).sum() + small.size();
    }

    private void cut() {
        if (small.size() > 0) {
            full.add(small.toByteArray());
            small.reset();
        }
    }
}
