package dev.hypergateway.server.http;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per request. It holds neither content nor headers nor the query. Stateless. */
final class AccessLog {
    private static final Logger log = LoggerFactory.getLogger("dev.hypergateway.access");

    private AccessLog() {}

    /** Writes the line of a request that is over. */
    static void write(Exchange exchange, boolean cut) {
        if (log.isInfoEnabled()) {
            StringBuilder line = new StringBuilder(160)
                    .append(LogText.of(exchange.method()))
                    .append(' ')
                    .append(exchange.routeName())
                    .append(' ')
                    .append(exchange.status() == 0 ? "-" : exchange.status())
                    .append(cut ? " cut " : " ")
                    .append(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - exchange.startedAt()))
                    .append(" ms id=")
                    .append(exchange.requestId());
            exchange.notes()
                    .forEach((name, value) ->
                            line.append(' ').append(name).append('=').append(value));
            log.info("{}", line);
        }
    }
}
