package dev.hypergateway.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.VirtualTime;
import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two rings on one store, as two nodes have them. */
class SharedStoreTest {
    private static final Failure REJECTED = Failure.builder(FailureKind.CREDENTIAL_REJECTED, "no")
            .httpStatus(401)
            .build();

    private final VirtualTime time = new VirtualTime();
    private final WatchedStore store = new WatchedStore(new InMemoryKeyStore(time));
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final KeyRing here = ring();
    private final KeyRing there = ring();
    private ProviderKey first;
    private ProviderKey second;

    @BeforeEach
    void two_keys() {
        first = here.keys().add(Owner.LOCAL, new NewProviderKey("p", Secret.of("secret-1"), "first"));
        second = here.keys().add(Owner.LOCAL, new NewProviderKey("p", Secret.of("secret-2"), "second"));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void a_cooldown_found_out_there_is_known_here_while_keys_are_in_use() {
        assertThat(firstOffer(here, "m")).isEqualTo(first.id());

        limit(there, "m", Duration.ofSeconds(90));

        await().until(() -> firstOffer(here, "m").equals(second.id()));
        assertThat(firstOffer(here, "other")).isEqualTo(first.id());
    }

    @Test
    void the_first_call_after_a_rest_knows_it_too() {
        assertThat(firstOffer(here, "m")).isEqualTo(first.id());
        time.advance(Duration.ofMinutes(5));

        limit(there, "m", Duration.ofSeconds(90));
        assertThat(there.keys().flush(Duration.ofSeconds(5))).isTrue();

        assertThat(firstOffer(here, "m")).isEqualTo(second.id());
    }

    @Test
    void a_key_brought_back_by_hand_there_is_back_here() {
        limit(here, "m", Duration.ofSeconds(90));
        assertThat(here.keys().flush(Duration.ofSeconds(5))).isTrue();
        assertThat(firstOffer(here, "m")).isEqualTo(second.id());

        there.keys().revive(Owner.LOCAL, first.id());

        await().until(() -> firstOffer(here, "m").equals(first.id()));
    }

    @Test
    void nodes_do_not_undo_each_others_findings_and_the_later_end_holds() {
        // Offered before any of them has failed: a key that is known to be limited is not.
        KeyCandidate usedHere = here.candidates(Owner.LOCAL, "p", "a").next();
        KeyCandidate usedThere = there.candidates(Owner.LOCAL, "p", "a").next();
        KeyCandidate otherModel = there.candidates(Owner.LOCAL, "p", "b").next();
        here.failed(usedHere, "a", limit(Duration.ofSeconds(90)));
        there.failed(usedThere, "a", limit(Duration.ofSeconds(5)));
        there.failed(otherModel, "b", limit(Duration.ofSeconds(30)));
        here.keys().flush(Duration.ofSeconds(5));
        there.keys().flush(Duration.ofSeconds(5));

        assertThat(store.health(Owner.LOCAL))
                .extracting(KeyHealth::model, KeyHealth::until)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a", VirtualTime.START.plusSeconds(90)),
                        org.assertj.core.groups.Tuple.tuple("b", VirtualTime.START.plusSeconds(30)));
    }

    @Test
    void a_success_here_does_not_end_a_newer_limit_from_there() {
        limit(here, "m", Duration.ofSeconds(5));
        here.keys().flush(Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(6));
        KeyCandidate slow = here.candidates(Owner.LOCAL, "p", "m").next();
        limit(there, "m", Duration.ofSeconds(60));
        there.keys().flush(Duration.ofSeconds(5));

        here.served(slow, "m");
        here.keys().flush(Duration.ofSeconds(5));

        assertThat(store.health(Owner.LOCAL))
                .singleElement()
                .extracting(KeyHealth::until)
                .isEqualTo(VirtualTime.START.plusSeconds(66));
    }

    @Test
    void a_read_that_began_before_a_change_does_not_take_it_back() {
        store.afterNextRead = () -> {
            KeyCursor cursor = here.candidates(Owner.LOCAL, "p", "m");
            Failure rejected = Failure.of(FailureKind.CREDENTIAL_REJECTED, "no");
            here.failed(cursor.next(), "m", rejected);
            assertThat(here.takeOver(cursor.next(), first.id(), rejected)).isTrue();
            assertThat(here.keys().flush(Duration.ofSeconds(5))).isTrue();
        };

        here.keys().list(Owner.LOCAL);

        assertThat(firstOffer(here, "m")).isEqualTo(second.id());
        assertThat(here.outlook(Owner.LOCAL, "p", "m", KeySelection.SELECTED, null))
                .extracting(outlook -> outlook.key().selected(), outlook -> outlook.obstacle() == null)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(true, true),
                        org.assertj.core.groups.Tuple.tuple(false, false));
        assertThat(here.keys().list(Owner.LOCAL))
                .extracting(status -> status.key().selected())
                .containsExactly(false, true);
    }

    @Test
    void nodes_that_rotate_at_the_same_time_tell_of_it_once() {
        ProviderKey third = here.keys().add(Owner.LOCAL, new NewProviderKey("p", Secret.of("secret-3"), "third"));
        there.keys().list(Owner.LOCAL);
        KeyCursor callHere = here.candidates(Owner.LOCAL, "p", "m");
        KeyCursor callThere = there.candidates(Owner.LOCAL, "p", "m");
        here.failed(callHere.next(), "m", REJECTED);
        // The other node may know already that the first key is rejected.
        KeyCandidate servedThere = callThere.next();
        while (!servedThere.key().id().equals(third.id())) {
            there.failed(servedThere, "m", REJECTED);
            servedThere = callThere.next();
        }
        audit.clear();
        CountDownLatch bothRotated = new CountDownLatch(1);
        store.beforeSelect = () -> await().until(() -> bothRotated.getCount() == 0);

        assertThat(here.takeOver(callHere.next(), first.id(), REJECTED)).isTrue();
        assertThat(there.takeOver(servedThere, first.id(), REJECTED)).isTrue();
        assertThat(audit).as("nothing is told before it has happened").isEmpty();
        bothRotated.countDown();
        assertThat(here.keys().flush(Duration.ofSeconds(30))).isTrue();
        assertThat(there.keys().flush(Duration.ofSeconds(30))).isTrue();

        String winner = store.list(Owner.LOCAL).stream()
                .filter(ProviderKey::selected)
                .map(ProviderKey::id)
                .findFirst()
                .orElseThrow();
        assertThat(winner).isIn(second.id(), third.id());
        assertThat(audit)
                .extracting(AuditEvent::action, AuditEvent::keyId)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(AuditAction.UNSELECT, first.id()),
                        org.assertj.core.groups.Tuple.tuple(AuditAction.SELECT, winner));
        // The one that came second may have left it to a read in the background to find out.
        for (KeyRing ring : List.of(here, there)) {
            await().untilAsserted(() -> assertThat(
                            ring.candidates(Owner.LOCAL, "p", "m").selectedAtStart())
                    .contains(winner));
        }
    }

    @Test
    void a_selection_that_comes_second_leaves_what_was_read_of_the_first() {
        ProviderKey third = here.keys().add(Owner.LOCAL, new NewProviderKey("p", Secret.of("secret-3"), "third"));
        there.keys().list(Owner.LOCAL);
        KeyCursor call = there.candidates(Owner.LOCAL, "p", "m");
        there.failed(call.next(), "m", REJECTED);
        there.failed(call.next(), "m", REJECTED);
        store.beforeSelect = () -> {
            store.beforeSelect = () -> {};
            assertThat(store.select(Owner.LOCAL, "p", first.id(), second.id())).isTrue();
            there.keys().list(Owner.LOCAL);
        };

        KeyCandidate winner = call.next();
        assertThat(winner.key().id()).isEqualTo(third.id());
        assertThat(there.takeOver(winner, first.id(), REJECTED)).isTrue();
        assertThat(there.keys().flush(Duration.ofSeconds(30))).isTrue();

        await().untilAsserted(
                        () -> assertThat(there.candidates(Owner.LOCAL, "p", "m").selectedAtStart())
                                .contains(second.id()));
    }

    @Test
    void what_happened_while_the_store_was_away_is_told_as_the_one_step_that_the_store_sees() {
        ProviderKey third = here.keys().add(Owner.LOCAL, new NewProviderKey("p", Secret.of("secret-3"), "third"));
        CountDownLatch storeIsBack = new CountDownLatch(1);
        store.beforeSelect = () -> await().until(() -> storeIsBack.getCount() == 0);
        audit.clear();
        // A write that waits already does not see the second step, so one of another provider is in front.
        ProviderKey other = here.keys().add(Owner.LOCAL, new NewProviderKey("q", Secret.of("secret-4"), "other"));
        here.keys().add(Owner.LOCAL, new NewProviderKey("q", Secret.of("secret-5"), "other two"));
        rotate(here, "q", other.id());
        rotate(here, "p", first.id());
        rotate(here, "p", second.id());
        storeIsBack.countDown();
        assertThat(here.keys().flush(Duration.ofSeconds(30))).isTrue();

        assertThat(audit)
                .filteredOn(event -> event.provider().equals("p"))
                .filteredOn(event -> event.action() == AuditAction.UNSELECT || event.action() == AuditAction.SELECT)
                .extracting(AuditEvent::keyId, AuditEvent::description)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(first.id(), "Key 'first' unselected due to error 401: no"),
                        org.assertj.core.groups.Tuple.tuple(
                                third.id(), "Selected key 'third' by automatic failover from key 'first'"));
    }

    @Test
    void round_robin_goes_on_when_the_keys_are_read_again() {
        assertThat(offer(here, KeySelection.ROUND_ROBIN)).isEqualTo(first.id());
        here.keys().list(Owner.LOCAL);
        assertThat(offer(here, KeySelection.ROUND_ROBIN)).isEqualTo(second.id());
        here.keys().add(Owner.LOCAL, new NewProviderKey("p", Secret.of("secret-3"), "third"));
        assertThat(offer(here, KeySelection.ROUND_ROBIN)).isNotEqualTo(first.id());
    }

    @Test
    void nothing_is_read_for_owners_at_rest() {
        firstOffer(here, "m");
        await().until(() -> store.reads.get() > 3);
        time.advance(Duration.ofMinutes(2));
        await().until(() -> {
            int before = store.reads.get();
            // Several times the pause between two reads.
            Thread.sleep(100);
            return store.reads.get() == before;
        });
    }

    @Test
    void an_end_never_moves_back_whatever_the_order_of_reads_and_writes() throws Exception {
        long seed = System.nanoTime();
        Random seeds = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (KeyRing ring : List.of(here, there)) {
                Random random = new Random(seeds.nextLong());
                tasks.add(() -> {
                    for (int i = 0; i < 300; i++) {
                        ring.failedTest(first, Failure.of(FailureKind.CREDENTIAL_REJECTED, "no"));
                        ring.failed(
                                new KeyCandidate(slot(ring), false),
                                "m",
                                limit(Duration.ofMillis(random.nextInt(100_000))));
                    }
                    return null;
                });
                tasks.add(() -> {
                    Instant latest = Instant.MIN;
                    for (int i = 0; i < 300; i++) {
                        Instant end = ring.keys().find(Owner.LOCAL, first.id()).orElseThrow().health().stream()
                                .filter(record -> "m".equals(record.model()))
                                .map(KeyHealth::until)
                                .findFirst()
                                .orElse(Instant.MIN);
                        assertThat(end).as("seed %d", seed).isAfterOrEqualTo(latest);
                        latest = end;
                    }
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
        here.keys().flush(Duration.ofSeconds(5));
        there.keys().flush(Duration.ofSeconds(5));
        assertThat(here.keys().list(Owner.LOCAL).get(0).health())
                .as("seed %d", seed)
                .isEqualTo(there.keys().list(Owner.LOCAL).get(0).health());
    }

    private static KeySlot slot(KeyRing ring) {
        // A limited key is not offered, so a call that began before is played by a candidate of its own.
        KeyCandidate any = ring.candidates(Owner.LOCAL, "p", "unlimited-model").next();
        assertThat(any).isNotNull();
        return any.slot();
    }

    private static void rotate(KeyRing ring, String provider, String from) {
        KeyCursor call = ring.candidates(Owner.LOCAL, provider, "m");
        ring.failed(call.next(), "m", REJECTED);
        assertThat(ring.takeOver(call.next(), from, REJECTED)).isTrue();
    }

    private KeyRing ring() {
        return new KeyRing(
                store,
                new KeyAudit(List.of(audit::add), Map.of(), time),
                HealthPolicy.DEFAULTS,
                time,
                () -> 0.5,
                Duration.ofMillis(20));
    }

    private static void limit(KeyRing ring, String model, Duration retryAfter) {
        ring.failed(ring.candidates(Owner.LOCAL, "p", model).next(), model, limit(retryAfter));
    }

    private static Failure limit(Duration retryAfter) {
        return Failure.builder(FailureKind.RATE_LIMITED, "slow down")
                .retryAfter(retryAfter)
                .build();
    }

    private static String firstOffer(KeyRing ring, String model) {
        KeyCandidate offered = ring.candidates(Owner.LOCAL, "p", model).next();
        ring.released(offered);
        return offered.key().id();
    }

    private static String offer(KeyRing ring, KeySelection selection) {
        return ring.candidates(Owner.LOCAL, "p", "m", selection, null)
                .next()
                .key()
                .id();
    }

    /** Counts reads, and can do something between a read and what is made of it, and before a selection is moved. */
    private static final class WatchedStore implements KeyStore {
        private final KeyStore store;
        private final AtomicInteger reads = new AtomicInteger();
        private volatile @Nullable Runnable afterNextRead;
        private volatile Runnable beforeSelect = () -> {};

        WatchedStore(KeyStore store) {
            this.store = store;
        }

        @Override
        public List<ProviderKey> list(Owner owner) {
            reads.incrementAndGet();
            return store.list(owner);
        }

        @Override
        public List<KeyHealth> health(Owner owner) {
            List<KeyHealth> health = store.health(owner);
            Runnable action = afterNextRead;
            if (action != null) {
                afterNextRead = null;
                action.run();
            }
            return health;
        }

        @Override
        public Optional<ProviderKey> find(Owner owner, String id) {
            return store.find(owner, id);
        }

        @Override
        public ProviderKey add(Owner owner, NewProviderKey key) {
            return store.add(owner, key);
        }

        @Override
        public Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change) {
            return store.update(owner, id, change);
        }

        @Override
        public boolean delete(Owner owner, String id) {
            return store.delete(owner, id);
        }

        @Override
        public boolean select(Owner owner, String provider, @Nullable String expected, @Nullable String next) {
            beforeSelect.run();
            return store.select(owner, provider, expected, next);
        }

        @Override
        public void changeHealth(ProviderKey key, UnaryOperator<List<KeyHealth>> change) {
            store.changeHealth(key, change);
        }
    }
}
