package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MissedSelectionsTest {
    private static final Instant THEN = Instant.parse("2026-10-25T00:30:00Z");

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void a_selection_that_was_stored_and_not_told_is_told_at_the_next_start(Databases.Kind kind) {
        try (World world = new World(kind.settings())) {
            String first = world.add("first");
            String second = world.add("second");
            world.tell(AuditAction.SELECT, first);
            world.store.select(Owner.LOCAL, "google", first, second);

            assertThat(world.log.catchUp()).isEqualTo(2);
            assertThat(world.newest(2)).containsExactly("SELECT " + second, "UNSELECT " + first);
            assertThat(world.log.catchUp()).isZero();
            assertThat(world.log.verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void a_selection_that_was_told_and_not_stored_is_taken_back(Databases.Kind kind) {
        try (World world = new World(kind.settings())) {
            String first = world.add("first");
            String second = world.add("second");
            world.tell(AuditAction.SELECT, first);
            world.tell(AuditAction.UNSELECT, first);
            world.tell(AuditAction.SELECT, second);

            assertThat(world.log.catchUp()).isEqualTo(2);
            assertThat(world.newest(2)).containsExactly("SELECT " + first, "UNSELECT " + second);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void the_loss_of_the_selection_and_the_successor_of_a_deleted_key_are_told(Databases.Kind kind) {
        try (World world = new World(kind.settings())) {
            String first = world.add("first");
            world.tell(AuditAction.SELECT, first);
            world.store.select(Owner.LOCAL, "google", first, null);
            assertThat(world.log.catchUp()).isEqualTo(1);
            assertThat(world.newest(1)).containsExactly("UNSELECT " + first);

            String second = world.add("second");
            world.store.select(Owner.LOCAL, "google", null, first);
            world.tell(AuditAction.SELECT, first);
            world.store.delete(Owner.LOCAL, first);
            assertThat(world.log.catchUp()).isEqualTo(1);
            assertThat(world.newest(1)).containsExactly("SELECT " + second);

            world.store.delete(Owner.LOCAL, second);
            assertThat(world.log.catchUp()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void what_a_running_node_tells_meanwhile_is_not_told_twice(Databases.Kind kind) {
        try (World world = new World(kind.settings())) {
            String first = world.add("first");
            String second = world.add("second");
            world.tell(AuditAction.SELECT, first);
            world.store.select(Owner.LOCAL, "google", first, second);
            Set<MissedSelections.Missed> before = world.find();
            assertThat(before).hasSize(1);

            world.store.select(Owner.LOCAL, "google", second, first);
            assertThat(world.find()).isEmpty();
            world.tell(AuditAction.UNSELECT, first);
            world.tell(AuditAction.SELECT, second);

            assertThat(world.find()).hasSize(1).doesNotContainAnyElementsOf(before);
        }
    }

    /** A store and a trail on one database. */
    private static final class World implements AutoCloseable {
        private final JdbcDatabase database;
        private final JdbcKeyStore store;
        private final JdbcAuditLog log;

        World(Map<String, String> settings) {
            database = JdbcDatabase.open(settings);
            store = new JdbcKeyStore(database, MasterKeys.open(database, settings));
            log = new JdbcAuditLog(database, 100, Duration.ofSeconds(5), Duration.ZERO);
        }

        String add(String name) {
            return store.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("secret-" + name), name))
                    .id();
        }

        void tell(AuditAction action, @Nullable String key) {
            log.onEvent(new AuditEvent(UUID.randomUUID(), THEN, Owner.LOCAL.id(), action, "google", key, "told"));
            // Waits until it is written.
            newest(1);
        }

        Set<MissedSelections.Missed> find() {
            return database.inTransaction("look", handle -> new MissedSelections(handle).find());
        }

        List<String> newest(int count) {
            return log.read(AuditQuery.latest(Owner.LOCAL.id(), count)).stream()
                    .map(event -> event.action() + " " + event.keyId())
                    .toList();
        }

        @Override
        public void close() {
            log.close();
            database.close();
        }
    }
}
