package dev.hypergateway.benchmarks.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/** A socket of an {@link EventLoop}. Used on the thread of its loop only. */
public final class Connection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Peer peer;
    private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>(2);
    private boolean closed;

    Connection(SocketChannel channel, SelectionKey key, Peer peer) {
        this.channel = channel;
        this.key = key;
        this.peer = peer;
    }

    /** Sends bytes, at once as far as the socket takes them; the buffers must not be changed afterwards. */
    public void send(ByteBuffer... buffers) {
        if (closed) {
            return;
        }
        try {
            if (unsent.isEmpty()) {
                channel.write(buffers);
            }
        } catch (IOException e) {
            close(String.valueOf(e.getMessage()));
            return;
        }
        for (ByteBuffer buffer : buffers) {
            if (buffer.hasRemaining()) {
                unsent.add(buffer);
            }
        }
        if (!unsent.isEmpty()) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    /** Ends the connection without telling the {@link Peer}. */
    public void close() {
        closed = true;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed either way.
        }
    }

    public boolean isClosed() {
        return closed;
    }

    void close(String reason) {
        if (!closed) {
            close();
            peer.closed(this, reason);
        }
    }

    void ready(ByteBuffer shared) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                peer.connected(this);
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read(shared);
            }
        } catch (IOException e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    private void read(ByteBuffer shared) throws IOException {
        shared.clear();
        int count = channel.read(shared);
        if (count < 0) {
            close("");
        } else if (count > 0) {
            shared.flip();
            peer.received(this, shared);
        }
    }

    private void flush() throws IOException {
        for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
            channel.write(next);
            if (next.hasRemaining()) {
                return;
            }
            unsent.remove();
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
}
