package dev.hypergateway.server.cli;

import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what happens to keys in the log. Stateless. */
final class AuditTrail implements AuditListener {
    private static final Logger log = LoggerFactory.getLogger("dev.hypergateway.audit");

    private static final int LONGEST = 240;

    @Override
    public void onEvent(AuditEvent event) {
        log.info("{} {}: {}", event.action(), event.provider(), line(event.description()));
    }

    /** Vendors explain themselves in several lines. */
    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
