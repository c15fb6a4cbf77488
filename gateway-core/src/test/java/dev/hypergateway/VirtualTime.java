package dev.hypergateway;

import dev.hypergateway.failover.Pause;
import dev.hypergateway.failover.TimeSource;
import dev.hypergateway.transport.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when somebody waits. */
public final class VirtualTime extends Clock implements Pause {
    public static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    public VirtualTime() {}

    /** This time for a gateway. */
    public TimeSource source() {
        return new TimeSource(this, this::nanoTime, this);
    }

    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    public long nanoTime() {
        return nanos.get();
    }

    /** How long somebody waited, each time. */
    public List<Duration> waits() {
        return waits;
    }

    @Override
    public boolean sleep(Duration duration, Cancellation cancellation) {
        if (cancellation.isCancelled()) {
            return false;
        }
        waits.add(duration);
        advance(duration);
        return true;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
