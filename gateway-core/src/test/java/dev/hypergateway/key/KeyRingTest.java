package dev.hypergateway.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.VirtualTime;
import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditListener;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final Failure REJECTED = Failure.builder(FailureKind.CREDENTIAL_REJECTED, "no")
            .httpStatus(401)
            .build();

    private final VirtualTime time = new VirtualTime();
    private final FlakyStore store = new FlakyStore(new InMemoryKeyStore(time));
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final KeyRing ring = ring(store);

    @AfterEach
    void close() {
        store.down.set(false);
        ring.close();
    }

    @Test
    void people_see_the_selection_that_another_process_made() {
        assertThat(ring.keys().list(Owner.LOCAL)).isEmpty();
        ProviderKey added = store.add(Owner.LOCAL, key("a"));

        assertThat(ring.keys().list(Owner.LOCAL))
                .singleElement()
                .satisfies(status -> assertThat(status.key().selected()).isTrue());

        store.select(Owner.LOCAL, "p", added.id(), null);
        assertThat(ring.keys().find(Owner.LOCAL, added.id()))
                .hasValueSatisfying(
                        status -> assertThat(status.key().selected()).isFalse());
    }

    @Test
    void two_failures_of_the_same_key_rotate_once() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 2000; round++) {
                Owner owner = new Owner("owner-" + round);
                ProviderKey first = ring.keys().add(owner, key("a"));
                ring.keys().add(owner, key("b"));
                ring.keys().add(owner, key("c"));
                audit.clear();
                CyclicBarrier barrier = new CyclicBarrier(2);
                List<Future<?>> calls = new ArrayList<>();
                for (int call = 0; call < 2; call++) {
                    int spin = random.nextInt(200);
                    calls.add(threads.submit(() -> {
                        KeyCursor cursor = ring.candidates(owner, "p", "m");
                        KeyCandidate failing = cursor.next();
                        assertThat(failing.key().id()).isEqualTo(first.id());
                        barrier.await();
                        for (int i = 0; i < spin; i++) {
                            Thread.onSpinWait();
                        }
                        ring.failed(failing, "m", REJECTED);
                        KeyCandidate winner = cursor.next();
                        ring.served(winner, "m");
                        return ring.takeOver(winner, cursor.selectedAtStart().orElseThrow(), REJECTED);
                    }));
                }
                int rotations = 0;
                for (Future<?> call : calls) {
                    rotations += Boolean.TRUE.equals(call.get()) ? 1 : 0;
                }
                assertThat(rotations).as("round %d, seed %d", round, seed).isEqualTo(1);
                assertThat(ring.keys().flush(Duration.ofSeconds(30))).isTrue();
                assertThat(audit)
                        .as("round %d, seed %d", round, seed)
                        .filteredOn(
                                event -> event.action() == AuditAction.SELECT || event.action() == AuditAction.UNSELECT)
                        .hasSize(2);
            }
        } finally {
            threads.shutdownNow();
        }
        for (int round = 0; round < 2000; round += 100) {
            assertThat(store.list(new Owner("owner-" + round)))
                    .extracting(ProviderKey::selected)
                    .containsExactly(false, true, false);
        }
    }

    @Test
    void health_and_selection_survive_a_restart() {
        ProviderKey first = ring.keys().add(Owner.LOCAL, key("a"));
        ProviderKey second = ring.keys().add(Owner.LOCAL, key("b"));
        KeyCursor cursor = ring.candidates(Owner.LOCAL, "p", "m");
        ring.failed(cursor.next(), "m", REJECTED);
        ring.takeOver(cursor.next(), first.id(), REJECTED);
        assertThat(ring.keys().flush(Duration.ofSeconds(5))).isTrue();

        KeyRing restarted = ring(store);

        assertThat(restarted.candidates(Owner.LOCAL, "p", "m").next().key().id())
                .isEqualTo(second.id());
        assertThat(restarted.keys().find(Owner.LOCAL, first.id())).get().satisfies(status -> {
            assertThat(status.key().selected()).isFalse();
            assertThat(status.health()).singleElement().satisfies(health -> {
                assertThat(health.state()).isEqualTo(KeyHealth.State.REJECTED);
                assertThat(health.reason()).contains("401");
            });
        });
    }

    @Test
    void the_selection_is_written_before_the_health_of_many_keys() {
        ProviderKey first = ring.keys().add(Owner.LOCAL, key("a"));
        for (int i = 0; i < 20; i++) {
            ring.keys().add(Owner.LOCAL, key("b" + i));
        }
        assertThat(ring.keys().flush(Duration.ofSeconds(5))).isTrue();
        store.writes.clear();
        CountDownLatch written = new CountDownLatch(1);
        store.held = written;
        KeyCursor cursor = ring.candidates(Owner.LOCAL, "p", "m");
        for (int i = 0; i < 20; i++) {
            ring.failed(cursor.next(), "m", REJECTED);
        }
        await().until(() -> store.holding);

        assertThat(ring.takeOver(cursor.next(), first.id(), REJECTED)).isTrue();
        written.countDown();

        assertThat(ring.keys().flush(Duration.ofSeconds(5))).isTrue();
        assertThat(store.writes).hasSize(21).startsWith("health", "selection", "health");
    }

    @Test
    void listeners_hear_what_happens_to_a_key_in_its_order() throws Exception {
        CountDownLatch penalized = new CountDownLatch(1);
        AtomicBoolean reviving = new AtomicBoolean();
        AtomicReference<Thread> reviver = new AtomicReference<>();
        List<AuditAction> heard = new CopyOnWriteArrayList<>();
        AuditListener slow = event -> {
            if (event.action() == AuditAction.PENALIZE) {
                penalized.countDown();
                await().until(() -> {
                    Thread.State state = Objects.requireNonNull(reviver.get()).getState();
                    return reviving.get() && (state == Thread.State.WAITING || state == Thread.State.TERMINATED);
                });
            }
            heard.add(event.action());
        };
        try (KeyRing other = new KeyRing(
                store,
                new KeyAudit(List.of(slow), Map.of(), time),
                HealthPolicy.DEFAULTS,
                time,
                () -> 0.5,
                Duration.ZERO)) {
            ProviderKey added = other.keys().add(Owner.LOCAL, key("a"));
            heard.clear();
            KeyCandidate failing = other.candidates(Owner.LOCAL, "p", "m").next();
            Thread person = new Thread(() -> {
                try {
                    penalized.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                reviving.set(true);
                other.keys().revive(Owner.LOCAL, added.id());
            });
            reviver.set(person);
            person.start();

            other.failed(failing, "m", REJECTED);
            person.join();

            assertThat(heard).containsExactly(AuditAction.PENALIZE, AuditAction.REVIVE);
        }
    }

    @Test
    void a_rejected_key_is_offered_to_one_call_at_a_time() {
        ring.keys().add(Owner.LOCAL, key("a"));
        ring.failed(ring.candidates(Owner.LOCAL, "p", "m").next(), "m", REJECTED);
        assertThat(ring.candidates(Owner.LOCAL, "p", "m").next()).isNull();

        time.advance(Duration.ofMinutes(2));
        KeyCandidate probe = ring.candidates(Owner.LOCAL, "p", "m").next();
        assertThat(probe.probe()).isTrue();
        assertThat(ring.candidates(Owner.LOCAL, "p", "m").next()).isNull();

        ring.served(probe, "m");
        assertThat(ring.candidates(Owner.LOCAL, "p", "m").next().probe()).isFalse();
        assertThat(audit.get(audit.size() - 1).action()).isEqualTo(AuditAction.REVIVE);
    }

    @Test
    void deadlines_only_grow_and_a_late_success_does_not_end_a_newer_limit() {
        ring.keys().add(Owner.LOCAL, key("a"));
        KeyCandidate slow = ring.candidates(Owner.LOCAL, "p", "m").next();
        KeyCandidate limited = ring.candidates(Owner.LOCAL, "p", "m").next();
        ring.failed(limited, "m", limit(Duration.ofSeconds(90)));
        ring.failed(slow, "m", limit(Duration.ofSeconds(5)));
        ring.served(slow, "m");

        assertThat(ring.candidates(Owner.LOCAL, "p", "m").earliestReturn())
                .get()
                .extracting(KeyHealth::until)
                .isEqualTo(VirtualTime.START.plusSeconds(90));
    }

    @Test
    void what_was_learned_about_an_old_secret_does_not_count_for_the_new_one() {
        ProviderKey key = ring.keys().add(Owner.LOCAL, key("a"));
        KeyCandidate withOldSecret = ring.candidates(Owner.LOCAL, "p", "m").next();
        ring.keys().update(Owner.LOCAL, key.id(), new ProviderKeyChange(null, Secret.of("new-secret"), null, null));

        ring.failed(withOldSecret, "m", REJECTED);

        assertThat(ring.candidates(Owner.LOCAL, "p", "m").next()).isNotNull();
    }

    @Test
    void keys_that_others_put_into_the_store_show_up_within_the_refresh_interval() {
        ring.keys().add(Owner.LOCAL, key("a"));
        assertThat(ring.candidates(Owner.LOCAL, "p", "m").size()).isEqualTo(1);

        store.add(Owner.LOCAL, key("from another process"));
        time.advance(Duration.ofSeconds(1));
        await().untilAsserted(() ->
                assertThat(ring.candidates(Owner.LOCAL, "p", "m").size()).isEqualTo(2));
    }

    @Test
    void a_store_that_is_down_delays_writes_but_loses_none() {
        ProviderKey first = ring.keys().add(Owner.LOCAL, key("a"));
        ProviderKey second = ring.keys().add(Owner.LOCAL, key("b"));
        store.down.set(true);
        KeyCursor cursor = ring.candidates(Owner.LOCAL, "p", "m");
        ring.failed(cursor.next(), "m", REJECTED);
        assertThat(ring.takeOver(cursor.next(), first.id(), REJECTED)).isTrue();
        assertThat(ring.candidates(Owner.LOCAL, "p", "m").next().key().id()).isEqualTo(second.id());

        store.down.set(false);

        assertThat(ring.keys().flush(Duration.ofSeconds(30))).isTrue();
        assertThat(store.list(Owner.LOCAL)).extracting(ProviderKey::selected).containsExactly(false, true);
        assertThat(store.health(Owner.LOCAL)).hasSize(1);
    }

    @Test
    void people_hear_of_every_change() {
        ProviderKey first = ring.keys().add(Owner.LOCAL, key("one"));
        ProviderKey second = ring.keys().add(Owner.LOCAL, key("two"));
        ring.keys().select(Owner.LOCAL, second.id());
        ring.keys().unselect(Owner.LOCAL, second.id());
        ring.keys().update(Owner.LOCAL, first.id(), ProviderKeyChange.rename("uno"));
        ring.keys().delete(Owner.LOCAL, first.id());
        ring.keys().importAll(Owner.LOCAL, "p", List.of(key("x"), key("y")));
        ring.keys().deleteAll(Owner.LOCAL, "p");

        assertThat(audit)
                .extracting(AuditEvent::description)
                .containsExactly(
                        "Added new \"one\" key for Vendor P",
                        "Selected \"one\" as default key for Vendor P",
                        "Added new \"two\" key for Vendor P",
                        "Unselected \"one\" as default key for Vendor P",
                        "Selected \"two\" as default key for Vendor P",
                        "Unselected \"two\" as default key for Vendor P",
                        "Changed key \"uno\" for Vendor P",
                        "Deleted key \"uno\" for Vendor P",
                        "Imported 2 keys from CSV for Vendor P",
                        "Deleted all keys for Vendor P");
        assertThat(ring.keys().list(Owner.LOCAL)).isEmpty();
    }

    @Test
    void deleting_the_selected_key_promotes_the_next() {
        ProviderKey first = ring.keys().add(Owner.LOCAL, key("one"));
        ProviderKey second = ring.keys().add(Owner.LOCAL, key("two"));

        ring.keys().delete(Owner.LOCAL, first.id());

        assertThat(ring.keys().find(Owner.LOCAL, second.id()))
                .get()
                .extracting(status -> status.key().selected())
                .isEqualTo(true);
        assertThat(audit.get(audit.size() - 1).description()).isEqualTo("Selected \"two\" as default key for Vendor P");
    }

    @Test
    void made_up_model_names_do_not_pile_up_in_a_keys_health() {
        ProviderKey key = ring.keys().add(Owner.LOCAL, key("a"));
        Failure unavailable = Failure.builder(FailureKind.MODEL_UNAVAILABLE, "no such model")
                .httpStatus(404)
                .build();
        for (int i = 0; i < 1000; i++) {
            ring.failed(ring.candidates(Owner.LOCAL, "p", "made-up-" + i).next(), "made-up-" + i, unavailable);
        }

        assertThat(ring.keys().find(Owner.LOCAL, key.id()).orElseThrow().health())
                .hasSize(200);
        assertThat(ring.candidates(Owner.LOCAL, "p", "made-up-999").next()).isNull();
        assertThat(ring.candidates(Owner.LOCAL, "p", "m").next()).isNotNull();
    }

    @Test
    void a_key_that_cannot_be_read_needs_a_person() {
        ring.keys().add(Owner.LOCAL, key("a"));
        ring.failed(
                ring.candidates(Owner.LOCAL, "p", "m").next(),
                "m",
                Failure.of(FailureKind.KEY_UNREADABLE, "encrypted under another master key"));

        assertThat(audit)
                .filteredOn(event -> event.action() == AuditAction.ERROR)
                .singleElement()
                .extracting(AuditEvent::description)
                .isEqualTo("Failed to decrypt key during failover. Manual intervention needed.");
    }

    private KeyRing ring(KeyStore keys) {
        return new KeyRing(
                keys,
                new KeyAudit(List.of(audit::add), Map.of("p", "Vendor P"), time),
                HealthPolicy.DEFAULTS,
                time,
                () -> 0.5,
                Duration.ofSeconds(1));
    }

    private static NewProviderKey key(String name) {
        return new NewProviderKey("p", Secret.of("secret-of-" + name.replace(' ', '-')), name);
    }

    private static Failure limit(Duration retryAfter) {
        return Failure.builder(FailureKind.RATE_LIMITED, "slow down")
                .httpStatus(429)
                .retryAfter(retryAfter)
                .build();
    }

    /** A store that can be down or slow and remembers in which order it was written. */
    private static final class FlakyStore implements KeyStore {
        private final AtomicBoolean down = new AtomicBoolean();
        private final List<String> writes = new CopyOnWriteArrayList<>();
        private final KeyStore store;
        private volatile @Nullable CountDownLatch held;
        private volatile boolean holding;

        FlakyStore(KeyStore store) {
            this.store = store;
        }

        private KeyStore up() {
            if (down.get()) {
                throw new KeyStoreException("the store is down", null);
            }
            return store;
        }

        @Override
        public List<ProviderKey> list(Owner owner) {
            return up().list(owner);
        }

        @Override
        public Optional<ProviderKey> find(Owner owner, String id) {
            return up().find(owner, id);
        }

        @Override
        public ProviderKey add(Owner owner, NewProviderKey key) {
            return up().add(owner, key);
        }

        @Override
        public Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change) {
            return up().update(owner, id, change);
        }

        @Override
        public boolean delete(Owner owner, String id) {
            return up().delete(owner, id);
        }

        @Override
        public boolean select(Owner owner, String provider, @Nullable String expected, @Nullable String next) {
            writes.add("selection");
            return up().select(owner, provider, expected, next);
        }

        @Override
        public List<KeyHealth> health(Owner owner) {
            return up().health(owner);
        }

        @Override
        public void changeHealth(ProviderKey key, UnaryOperator<List<KeyHealth>> change) {
            CountDownLatch hold = held;
            if (hold != null) {
                holding = true;
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            writes.add("health");
            up().changeHealth(key, change);
        }
    }
}
