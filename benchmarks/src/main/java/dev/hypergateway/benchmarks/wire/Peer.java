package dev.hypergateway.benchmarks.wire;

import java.nio.ByteBuffer;

/** What happens on a {@link Connection}. Called by the thread of its {@link EventLoop}. */
public interface Peer {

    /** The connection stands. */
    void connected(Connection connection);

    /** Bytes have come; the buffer is valid during the call only. */
    void received(Connection connection, ByteBuffer bytes);

    /**
     * The connection has ended.
     *
     * @param reason in a few words, empty for an orderly end by the other side
     */
    void closed(Connection connection, String reason);
}
