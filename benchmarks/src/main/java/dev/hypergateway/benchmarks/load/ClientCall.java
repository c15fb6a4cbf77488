package dev.hypergateway.benchmarks.load;

import dev.hypergateway.benchmarks.upstream.Stamp;
import dev.hypergateway.benchmarks.wire.Connection;
import dev.hypergateway.benchmarks.wire.HttpParser;
import dev.hypergateway.benchmarks.wire.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The calls of one connection, one after the other. */
final class ClientCall implements Peer, HttpParser.Sink {
    private final Load load;
    private final int hangUpAfter;
    private final HttpParser parser = new HttpParser(true, this);
    private final EventCutter cutter = new EventCutter();
    private @Nullable Connection connection;
    private boolean connected;
    private boolean busy;
    private long connecting;
    private long intended;
    private long now;
    private String status = "";
    private int events;
    private long lastArrival;
    private long lastSent;
    private long vendorTook;
    private boolean done;

    ClientCall(Load load, int hangUpAfter) {
        this.load = load;
        this.hangUpAfter = hangUpAfter;
    }

    void connect() {
        connecting = System.nanoTime();
        try {
            connection = load.loop.connect(load.target.address(), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the request, as soon as the connection stands. */
    void begin(long due) {
        intended = due;
        busy = true;
        events = 0;
        vendorTook = -1;
        done = false;
        cutter.reset();
        if (connected) {
            connection().send(load.target.bytes().duplicate());
        }
    }

    void close() {
        connection().close();
    }

    @Override
    public void connected(Connection opened) {
        connected = true;
        Results.record(load.results.connect, System.nanoTime() - connecting);
        if (busy) {
            opened.send(load.target.bytes().duplicate());
        }
    }

    @Override
    public void received(Connection from, ByteBuffer bytes) {
        now = System.nanoTime();
        parser.feed(bytes);
    }

    @Override
    public void closed(Connection from, String reason) {
        now = System.nanoTime();
        if (busy && !parser.connectionEnded()) {
            load.results.failed(reason.isEmpty() ? "connection closed" : reason);
        } else if (busy) {
            load.results.failed("connection closed before the answer");
        }
        load.lost(this);
    }

    @Override
    public void head(String head) {
        status = head.substring(9, 12);
    }

    @Override
    public void body(ByteBuffer piece, boolean endsChunk) {
        if (!load.target.stream()) {
            if (vendorTook < 0) {
                vendorTook = Stamp.next(piece);
            }
            return;
        }
        cutter.add(piece);
        for (ByteBuffer event = cutter.next(); event != null && busy; event = cutter.next()) {
            event(event);
        }
        if (endsChunk && cutter.hasRest()) {
            load.results.splitEvents++;
        }
    }

    @Override
    public void end() {
        if (!busy) {
            return;
        }
        busy = false;
        Results results = load.results;
        if (!status.equals("200")) {
            results.failed("status " + status);
        } else if (load.target.stream() && !done) {
            results.failed("stream without an end");
        } else {
            results.calls++;
            Results.record(results.latency, now - intended);
            if (vendorTook >= 0) {
                Results.record(results.added, now - intended - vendorTook);
            }
        }
        load.next(this);
    }

    private void event(ByteBuffer event) {
        done |= EventCutter.isEnd(event);
        long sent = Stamp.next(event);
        if (sent < 0) {
            return;
        }
        Results results = load.results;
        results.events++;
        Results.record(results.age, now - sent);
        if (events == 0) {
            Results.record(results.firstEvent, now - intended);
        } else {
            Results.record(results.jitter, Math.abs((now - lastArrival) - (sent - lastSent)));
        }
        events++;
        lastArrival = now;
        lastSent = sent;
        if (events == hangUpAfter) {
            busy = false;
            connection().close();
            results.calls++;
            load.lost(this);
        }
    }

    private Connection connection() {
        return Objects.requireNonNull(connection, "connection");
    }
}
