package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.key.KeyStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JdbcAuditLogTest {
    private static final Instant START = Instant.parse("2026-10-25T00:30:00.123456Z");
    private static final List<AuditAction> ACTIONS = List.of(AuditAction.ADD, AuditAction.DELETE, AuditAction.SELECT);

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void own_events_are_read_back_at_once_newest_first(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings());
                JdbcAuditLog log = new JdbcAuditLog(database)) {
            AuditEvent first = event(0, "alice", AuditAction.ADD, "google", "key-1", "Added „first“ — 1 €");
            AuditEvent second = event(1, "alice", AuditAction.SELECT, "google", null, "");

            log.onEvent(first);
            assertThat(log.read(AuditQuery.latest("alice", 10))).containsExactly(first);
            log.onEvent(second);
            assertThat(log.read(AuditQuery.latest("alice", 10))).containsExactly(second, first);
            assertThat(log.read(AuditQuery.latest("alice", 1))).containsExactly(second);
            assertThat(log.read(AuditQuery.latest("bob", 10))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void every_filter_gives_what_matches_and_nothing_else(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings());
                JdbcAuditLog log = new JdbcAuditLog(database)) {
            List<AuditEvent> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                all.add(
                        0,
                        event(
                                i,
                                i % 2 == 0 ? "alice" : "bob",
                                ACTIONS.get(i % ACTIONS.size()),
                                i % 5 == 0 ? "xai" : "google",
                                null,
                                "event " + i));
                log.onEvent(all.get(0));
            }
            List<AuditQuery> queries = List.of(
                    new AuditQuery(null, null, null, null, null, 1000),
                    new AuditQuery("alice", null, null, null, null, 1000),
                    new AuditQuery(null, "xai", null, null, null, 1000),
                    new AuditQuery(null, null, AuditAction.DELETE, null, null, 1000),
                    new AuditQuery(null, null, null, START.plusSeconds(10), null, 1000),
                    new AuditQuery(null, null, null, null, START.plusSeconds(10), 1000),
                    new AuditQuery("bob", "google", AuditAction.ADD, START.plusSeconds(5), START.plusSeconds(50), 1000),
                    new AuditQuery("alice", null, null, null, null, 7),
                    new AuditQuery("nobody\0", "none", null, null, null, 5));
            for (AuditQuery query : queries) {
                assertThat(log.read(query))
                        .as("%s", query)
                        .isEqualTo(all.stream()
                                .filter(query::matches)
                                .limit(query.limit())
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void several_nodes_extend_one_chain_and_keep_the_order_of_each_thread(Databases.Kind kind) throws Exception {
        Map<String, String> settings = kind.settings();
        int threads = 6;
        int each = 400;
        try (JdbcDatabase one = JdbcDatabase.open(settings);
                JdbcDatabase other = JdbcDatabase.open(settings);
                JdbcAuditLog firstNode = new JdbcAuditLog(one);
                JdbcAuditLog secondNode = new JdbcAuditLog(other)) {
            CyclicBarrier start = new CyclicBarrier(threads);
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                done.add(executor.submit(() -> {
                    start.await();
                    JdbcAuditLog log = thread % 2 == 0 ? firstNode : secondNode;
                    for (int i = 0; i < each; i++) {
                        log.onEvent(event(i, "owner-" + thread, AuditAction.ADD, "google", null, String.valueOf(i)));
                    }
                    assertThat(log.read(AuditQuery.latest("owner-" + thread, 1))
                                    .get(0)
                                    .description())
                            .isEqualTo(String.valueOf(each - 1));
                    return null;
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
            executor.shutdown();

            AuditVerification verification = firstNode.verify();
            assertThat(verification.intact()).isTrue();
            assertThat(verification.rows()).isEqualTo((long) threads * each);
            Map<String, Integer> next = new HashMap<>();
            for (int t = 0; t < threads; t++) {
                for (AuditEvent event : firstNode.read(AuditQuery.latest("owner-" + t, 1000))) {
                    int number = Integer.parseInt(event.description());
                    assertThat(number).isEqualTo(next.getOrDefault(event.owner(), each) - 1);
                    next.put(event.owner(), number);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void a_changed_removed_or_added_row_is_found(Databases.Kind kind) {
        List<String> tamperings = List.of(
                "UPDATE audit_log SET description = 'harmless' WHERE seq = 7",
                "UPDATE audit_log SET happened_at = CURRENT_TIMESTAMP WHERE seq = 7",
                "UPDATE audit_log SET key_id = 'other' WHERE seq = 7",
                "UPDATE audit_log SET owner = 'somebody' WHERE seq = 7",
                "DELETE FROM audit_log WHERE seq = 7");
        for (String tampering : tamperings) {
            try (JdbcDatabase database = JdbcDatabase.open(kind.settings())) {
                fill(database, 10);
                sql(database, tampering);

                AuditVerification verification = verify(database);
                assertThat(verification.brokenAt()).as(tampering).hasValue(7);
                assertThat(verification.rows()).isEqualTo(6);
                assertThat(verification.intact()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void rows_cut_off_at_the_end_or_put_behind_it_are_found(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings())) {
            fill(database, 10);
            String intact = verify(database).head();
            sql(database, "DELETE FROM audit_log WHERE seq > 8");
            assertThat(verify(database).brokenAt()).hasValue(9);
            assertThat(verify(database).head()).isNotEqualTo(intact);
        }
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings())) {
            fill(database, 10);
            sql(
                    database,
                    "INSERT INTO audit_log SELECT 11, 'forged', happened_at, owner, action, provider, key_id, description,"
                            + " hash FROM audit_log WHERE seq = 10");
            assertThat(verify(database).brokenAt()).hasValue(11);
        }
    }

    @Test
    void an_empty_trail_is_intact() {
        try (JdbcDatabase database = JdbcDatabase.inMemory()) {
            assertThat(verify(database).intact()).isTrue();
            assertThat(verify(database).rows()).isZero();
        }
    }

    @Test
    void closing_writes_what_waits() {
        try (JdbcDatabase database = JdbcDatabase.inMemory()) {
            fill(database, 3000);

            AuditVerification verification = verify(database);
            assertThat(verification.rows()).isEqualTo(3000);
            assertThat(verification.intact()).isTrue();
        }
    }

    @Test
    void times_are_kept_in_microseconds_and_odd_text_is_kept_readable() {
        try (JdbcDatabase database = JdbcDatabase.inMemory();
                JdbcAuditLog log = new JdbcAuditLog(database)) {
            log.onEvent(new AuditEvent(
                    UUID.randomUUID(), START.plusNanos(789), "a\0b", AuditAction.ERROR, "google", "k", "x\0\ud83dy"));

            AuditEvent read = log.read(AuditQuery.latest("a\0b", 1)).get(0);
            assertThat(read.at()).isEqualTo(START);
            assertThat(read.description()).startsWith("x\uFFFD").endsWith("y");
            assertThat(log.verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void half_a_surrogate_pair_does_not_break_the_chain(Databases.Kind kind) {
        try (JdbcDatabase database = JdbcDatabase.open(kind.settings());
                JdbcAuditLog log = new JdbcAuditLog(database)) {
            log.onEvent(event(0, "alice", AuditAction.ERROR, "google", null, "cut \ud83d"));
            log.onEvent(event(1, "alice", AuditAction.ERROR, "google", null, "next"));

            assertThat(log.read(AuditQuery.latest("alice", 10))).hasSize(2);
            assertThat(log.verify().intact()).isTrue();
            assertThat(log.dropped()).isZero();
        }
    }

    @Test
    void one_refused_event_does_not_take_the_others_with_it() {
        try (JdbcDatabase database = JdbcDatabase.inMemory();
                JdbcAuditLog log = new JdbcAuditLog(database)) {
            sql(database, "ALTER TABLE audit_log ADD CONSTRAINT no_poison CHECK (description <> 'poison')");
            log.onEvent(event(0, "alice", AuditAction.ADD, "google", null, "before"));
            log.onEvent(event(1, "alice", AuditAction.ADD, "google", null, "poison"));
            log.onEvent(event(2, "alice", AuditAction.ADD, "google", null, "after"));

            assertThat(log.read(AuditQuery.latest("alice", 10)))
                    .extracting(AuditEvent::description)
                    .containsExactly("after", "before");
            assertThat(log.dropped()).isEqualTo(1);
            assertThat(log.verify().intact()).isTrue();
        }
    }

    @Test
    void events_are_dropped_and_counted_when_too_many_wait_but_never_delay_or_fail_the_call() {
        JdbcDatabase database = JdbcDatabase.inMemory();
        JdbcAuditLog log = new JdbcAuditLog(database, 10, Duration.ofMillis(50));
        database.close();

        for (int i = 0; i < 2000; i++) {
            log.onEvent(event(i, "alice", AuditAction.ADD, "google", null, "event"));
        }

        assertThat(log.dropped()).isPositive();
        assertThatThrownBy(() -> log.read(AuditQuery.latest("alice", 10))).isInstanceOf(KeyStoreException.class);
        log.close();
        long before = log.dropped();
        log.onEvent(event(1, "alice", AuditAction.ADD, "google", null, "too late"));
        assertThat(log.dropped()).isEqualTo(before + 1);
    }

    @Test
    void what_has_been_read_survives_the_death_of_the_process(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("data");
        Path copy = Files.createDirectory(temporary.resolve("copy"));
        try (JdbcDatabase database = JdbcDatabase.open(Map.of("HYPER_DATA_DIR", folder.toString()));
                JdbcAuditLog log = new JdbcAuditLog(database)) {
            for (int i = 0; i < 5; i++) {
                log.onEvent(event(i, "alice", AuditAction.ADD, "google", null, "event"));
                assertThat(log.read(AuditQuery.latest("alice", 10))).hasSize(i + 1);
                // What another process would find if this one died here.
                Files.copy(
                        folder.resolve("gateway.mv.db"),
                        copy.resolve("gateway.mv.db"),
                        StandardCopyOption.REPLACE_EXISTING);
                try (JdbcDatabase found = JdbcDatabase.open(Map.of("HYPER_DATA_DIR", copy.toString()));
                        JdbcAuditLog left = new JdbcAuditLog(found)) {
                    assertThat(left.read(AuditQuery.latest("alice", 10))).hasSize(i + 1);
                }
            }
        }
    }

    /** Closing waits for as long as the machine needs. */
    private static void fill(JdbcDatabase database, int events) {
        try (JdbcAuditLog log = new JdbcAuditLog(database, events, Duration.ofMinutes(5))) {
            for (int i = 1; i <= events; i++) {
                log.onEvent(event(i, "alice", AuditAction.ADD, "google", null, "event " + i));
            }
        }
    }

    private static AuditVerification verify(JdbcDatabase database) {
        try (JdbcAuditLog log = new JdbcAuditLog(database)) {
            return log.verify();
        }
    }

    private static void sql(JdbcDatabase database, String statement) {
        database.inTransaction("run a statement", (Handle handle) -> handle.execute(statement));
    }

    private static AuditEvent event(
            int second, String owner, AuditAction action, String provider, String keyId, String description) {
        return new AuditEvent(
                UUID.randomUUID(), START.plusSeconds(second), owner, action, provider, keyId, description);
    }
}
