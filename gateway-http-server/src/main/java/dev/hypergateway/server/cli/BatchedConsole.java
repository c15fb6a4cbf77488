package dev.hypergateway.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;

/**
 * The log on standard error, many lines at a time: a line waits for others for a tenth of a second at most, because a system call for
 * each one costs a request more than all of its routing and failover. Warnings and errors never wait. Thread-safe.
 */
public final class BatchedConsole extends OutputStreamAppender<ILoggingEvent> {
    private final LineBatch lines = LineBatch.onStandardError();

    /** For the logging framework, which finds it by name. */
    public BatchedConsole() {}

    @Override
    public void start() {
        setImmediateFlush(false);
        setOutputStream(lines);
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        super.append(event);
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            lines.flush();
        }
    }
}
