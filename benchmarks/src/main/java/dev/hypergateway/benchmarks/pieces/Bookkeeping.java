package dev.hypergateway.benchmarks.pieces;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditListener;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.keystore.jdbc.JdbcAuditLog;
import dev.hypergateway.keystore.jdbc.JdbcDatabase;
import dev.hypergateway.keystore.jdbc.JdbcKeyStore;
import dev.hypergateway.keystore.jdbc.MasterKeys;
import dev.hypergateway.provider.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What writing things down costs the thread of a call while the database stands still: a program that makes calls for five
 * seconds, of which every tenth moves from one key to another and is audited. Prints percentiles in microseconds.
 */
public final class Bookkeeping {
    private static final long SECONDS = 5;
    private static final long APART_NANOS = 500_000;

    private Bookkeeping() {}

    /**
     * Measures and prints.
     *
     * @param arguments a folder for the database
     */
    public static void main(String[] arguments) throws SQLException {
        Path folder = Path.of(arguments[0]);
        Map<String, String> settings = Map.of("HYPER_DATA_DIR", folder.toString());
        try (JdbcDatabase database = JdbcDatabase.open(settings);
                JdbcAuditLog log = new JdbcAuditLog(database)) {
            TimedListener listener = new TimedListener(log);
            NoOpProvider vendor = new NoOpProvider();
            try (Gateway gateway = Gateway.builder()
                            .provider(vendor)
                            .keyStore(new JdbcKeyStore(database, MasterKeys.open(database, settings)))
                            .auditListener(listener)
                            .build();
                    Connection other = DriverManager.getConnection(
                            "jdbc:h2:file:" + folder.resolve("gateway") + ";AUTO_SERVER=TRUE", "sa", "");
                    Statement sql = other.createStatement()) {
                for (int i = 0; i < 100; i++) {
                    gateway.keys()
                            .add(Owner.LOCAL, new NewProviderKey("noop", Secret.of("key-number-" + i), "key " + i));
                }
                calls(gateway, vendor);
                listener.times.reset();
                sql.execute("SET EXCLUSIVE 1");
                Histogram calls = calls(gateway, vendor);
                sql.execute("SET EXCLUSIVE 0");
                print("call", calls);
                print("audit", listener.times);
            }
        }
    }

    private static Histogram calls(Gateway gateway, NoOpProvider vendor) {
        Histogram times = new Histogram(3);
        ChatRequest request = ChatRequest.of("noop/noop-model", "Why is the sky blue?");
        long end = System.nanoTime() + SECONDS * 1_000_000_000;
        for (long next = System.nanoTime(); next < end; next += APART_NANOS) {
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (times.getTotalCount() % 10 == 9) {
                vendor.limitNextCall();
            }
            long begin = System.nanoTime();
            gateway.chat(request);
            times.recordValue(System.nanoTime() - begin);
        }
        return times;
    }

    private static void print(String what, Histogram times) {
        System.out.println(what + " " + times.getTotalCount() + " " + times.getValueAtPercentile(50) / 1e3 + " "
                + times.getValueAtPercentile(99) / 1e3 + " " + times.getMaxValue() / 1e3);
    }

    /** Measures another listener. */
    private static final class TimedListener implements AuditListener {
        private final AuditListener measured;
        private final Histogram times = new Histogram(3);

        TimedListener(AuditListener measured) {
            this.measured = measured;
        }

        @Override
        public void onEvent(AuditEvent event) {
            long begin = System.nanoTime();
            measured.onEvent(event);
            times.recordValue(System.nanoTime() - begin);
        }
    }
}
