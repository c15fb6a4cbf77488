package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.key.DuplicateKeyException;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import dev.hypergateway.provider.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every key store has to do, whatever it is made of. */
abstract class KeyStoreContract {
    private static final String GOOGLE = "google";
    private static final String XAI = "xai";

    /** Another one for each test, as a database may outlive them. */
    private final Owner alice = new Owner("alice-" + UUID.randomUUID());

    private final Owner bob = new Owner("bob-" + UUID.randomUUID());
    private KeyStore store;

    /** Opens a store. */
    abstract KeyStore open();

    @BeforeEach
    void open_the_store() {
        store = open();
    }

    @AfterEach
    void close_the_store() {
        store.close();
    }

    @Test
    void an_added_key_is_found_with_all_it_was_given() {
        ProviderKey added = store.add(
                alice,
                new NewProviderKey(
                        GOOGLE,
                        Secret.of("secret-1"),
                        "first",
                        "account-7",
                        Map.of("scope", "A&B=C", "näme", "välue €")));

        ProviderKey found = store.find(alice, added.id()).orElseThrow();
        assertThat(found.owner()).isEqualTo(alice);
        assertThat(found.provider()).isEqualTo(GOOGLE);
        assertThat(found.name()).contains("first");
        assertThat(found.account()).contains("account-7");
        assertThat(found.attributes()).isEqualTo(Map.of("scope", "A&B=C", "näme", "välue €"));
        assertThat(found.secret()).isEqualTo(Secret.of("secret-1"));
        assertThat(found.version()).isEqualTo(1);
        assertThat(found.createdAt()).isEqualTo(added.createdAt());
        assertThat(found.selected()).isTrue();
    }

    @Test
    void a_key_without_name_and_account_has_none() {
        ProviderKey added = add(GOOGLE, "secret-1");

        assertThat(added.name()).isEmpty();
        assertThat(added.account()).isEmpty();
        assertThat(added.attributes()).isEmpty();
        assertThat(added.displayName()).isEqualTo(added.id());
    }

    @Test
    void keys_are_listed_in_the_order_of_creation() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(add(i % 2 == 0 ? GOOGLE : XAI, "secret-" + i).id());
        }

        assertThat(store.list(alice)).extracting(ProviderKey::id).isEqualTo(ids);
    }

    @Test
    void owners_do_not_see_each_other() {
        ProviderKey key = add(GOOGLE, "secret-1");

        assertThat(store.list(bob)).isEmpty();
        assertThat(store.find(bob, key.id())).isEmpty();
        assertThat(store.update(bob, key.id(), ProviderKeyChange.rename("mine")))
                .isEmpty();
        assertThat(store.delete(bob, key.id())).isFalse();
        assertThat(store.select(bob, GOOGLE, null, key.id())).isFalse();
        assertThat(store.find(alice, key.id()).orElseThrow().name()).isEmpty();
    }

    @Test
    void ids_that_nobody_has_are_not_found() {
        add(GOOGLE, "secret-1");

        for (String id :
                List.of("", "nothing", "' OR 1=1 --", "a\0b", UUID.randomUUID().toString())) {
            assertThat(store.find(alice, id)).isEmpty();
            assertThat(store.update(alice, id, ProviderKeyChange.rename("x"))).isEmpty();
            assertThat(store.delete(alice, id)).isFalse();
        }
    }

    @Test
    void the_first_key_of_each_provider_is_selected() {
        ProviderKey google = add(GOOGLE, "secret-1");
        ProviderKey secondGoogle = add(GOOGLE, "secret-2");
        ProviderKey xai = add(XAI, "secret-3");

        assertThat(google.selected()).isTrue();
        assertThat(secondGoogle.selected()).isFalse();
        assertThat(xai.selected()).isTrue();
    }

    @Test
    void a_key_added_while_none_is_selected_is_not_selected_by_itself() {
        ProviderKey first = add(GOOGLE, "secret-1");
        store.select(alice, GOOGLE, first.id(), null);

        assertThat(add(GOOGLE, "secret-2").selected()).isFalse();
        assertThat(selected(GOOGLE)).isEmpty();
    }

    @Test
    void the_same_secret_is_not_stored_twice_for_one_owner_and_provider() {
        ProviderKey existing = store.add(alice, new NewProviderKey(GOOGLE, Secret.of("canary-secret"), "first"));

        assertThatThrownBy(() -> add(GOOGLE, "canary-secret"))
                .isInstanceOfSatisfying(
                        DuplicateKeyException.class,
                        e -> assertThat(e.existingId()).isEqualTo(existing.id()))
                .hasMessageContaining("first")
                .hasMessageNotContaining("canary-secret");
        assertThat(store.list(alice)).hasSize(1);
    }

    @Test
    void the_same_secret_may_be_stored_for_others_and_elsewhere() {
        add(GOOGLE, "secret-1");

        add(XAI, "secret-1");
        store.add(bob, new NewProviderKey(GOOGLE, Secret.of("secret-1"), null));

        assertThat(store.list(alice)).hasSize(2);
        assertThat(store.list(bob)).hasSize(1);
    }

    @Test
    void a_secret_may_be_stored_again_after_its_key_was_deleted() {
        store.delete(alice, add(GOOGLE, "secret-1").id());

        assertThat(add(GOOGLE, "secret-1").selected()).isTrue();
    }

    @Test
    void a_secret_is_not_changed_to_that_of_another_key() {
        ProviderKey first = add(GOOGLE, "secret-1");
        ProviderKey second = add(GOOGLE, "secret-2");

        assertThatThrownBy(() -> store.update(alice, second.id(), secret("secret-1")))
                .isInstanceOfSatisfying(
                        DuplicateKeyException.class,
                        e -> assertThat(e.existingId()).isEqualTo(first.id()));
        assertThat(store.find(alice, second.id()).orElseThrow().secret()).isEqualTo(Secret.of("secret-2"));
    }

    @Test
    void changing_the_name_or_account_keeps_the_version() {
        ProviderKey key = add(GOOGLE, "secret-1");

        store.update(alice, key.id(), ProviderKeyChange.rename("renamed"));
        ProviderKey changed = store.update(alice, key.id(), new ProviderKeyChange(null, null, "account", null))
                .orElseThrow();

        assertThat(changed.name()).contains("renamed");
        assertThat(changed.account()).contains("account");
        assertThat(changed.version()).isEqualTo(key.version());
        assertThat(changed.secret()).isEqualTo(Secret.of("secret-1"));
        assertThat(changed.selected()).isTrue();
        assertThat(changed.createdAt()).isEqualTo(key.createdAt());
    }

    @Test
    void an_empty_name_or_account_removes_it() {
        ProviderKey key =
                store.add(alice, new NewProviderKey(GOOGLE, Secret.of("secret-1"), "name", "account", Map.of()));

        ProviderKey changed = store.update(alice, key.id(), new ProviderKeyChange("", null, "", null))
                .orElseThrow();

        assertThat(changed.name()).isEmpty();
        assertThat(changed.account()).isEmpty();
        assertThat(store.find(alice, key.id()).orElseThrow().name()).isEmpty();
    }

    @Test
    void changing_the_secret_or_settings_raises_the_version() {
        ProviderKey key =
                store.add(alice, new NewProviderKey(GOOGLE, Secret.of("secret-1"), null, null, Map.of("a", "1")));

        ProviderKey once = store.update(alice, key.id(), secret("secret-2")).orElseThrow();
        ProviderKey twice = store.update(alice, key.id(), new ProviderKeyChange(null, null, null, Map.of("b", "2")))
                .orElseThrow();

        assertThat(once.version()).isGreaterThan(key.version());
        assertThat(twice.version()).isGreaterThan(once.version());
        assertThat(twice.attributes()).isEqualTo(Map.of("b", "2"));
        assertThat(store.find(alice, key.id()).orElseThrow().secret()).isEqualTo(Secret.of("secret-2"));
    }

    @Test
    void a_secret_may_be_changed_to_itself() {
        ProviderKey key = add(GOOGLE, "secret-1");

        assertThat(store.update(alice, key.id(), secret("secret-1"))
                        .orElseThrow()
                        .version())
                .isGreaterThan(key.version());
    }

    @Test
    void deleting_the_selected_key_selects_the_next_one_in_order() {
        ProviderKey first = add(GOOGLE, "secret-1");
        ProviderKey second = add(GOOGLE, "secret-2");
        ProviderKey third = add(GOOGLE, "secret-3");
        store.select(alice, GOOGLE, first.id(), second.id());

        store.delete(alice, second.id());
        assertThat(selected(GOOGLE)).containsExactly(third.id());

        store.delete(alice, third.id());
        assertThat(selected(GOOGLE)).containsExactly(first.id());

        store.delete(alice, first.id());
        assertThat(store.list(alice)).isEmpty();
        assertThat(store.delete(alice, first.id())).isFalse();
    }

    @Test
    void deleting_another_key_leaves_the_selection() {
        ProviderKey first = add(GOOGLE, "secret-1");
        ProviderKey second = add(GOOGLE, "secret-2");

        store.delete(alice, second.id());

        assertThat(selected(GOOGLE)).containsExactly(first.id());
    }

    @Test
    void the_selection_moves_only_from_the_expected_key() {
        ProviderKey first = add(GOOGLE, "secret-1");
        ProviderKey second = add(GOOGLE, "secret-2");
        ProviderKey other = add(XAI, "secret-3");

        assertThat(store.select(alice, GOOGLE, second.id(), first.id())).isFalse();
        assertThat(store.select(alice, GOOGLE, null, second.id())).isFalse();
        assertThat(store.select(alice, GOOGLE, first.id(), other.id())).isFalse();
        assertThat(store.select(alice, GOOGLE, first.id(), "nothing")).isFalse();
        assertThat(selected(GOOGLE)).containsExactly(first.id());

        assertThat(store.select(alice, GOOGLE, first.id(), second.id())).isTrue();
        assertThat(selected(GOOGLE)).containsExactly(second.id());
        assertThat(selected(XAI)).containsExactly(other.id());
    }

    @Test
    void the_selection_may_be_taken_away_and_given_back() {
        ProviderKey first = add(GOOGLE, "secret-1");

        assertThat(store.select(alice, GOOGLE, first.id(), null)).isTrue();
        assertThat(selected(GOOGLE)).isEmpty();
        assertThat(store.select(alice, GOOGLE, null, null)).isTrue();
        assertThat(store.select(alice, GOOGLE, null, first.id())).isTrue();
        assertThat(store.select(alice, GOOGLE, first.id(), first.id())).isTrue();
        assertThat(selected(GOOGLE)).containsExactly(first.id());
    }

    @Test
    void of_many_racing_selections_exactly_one_wins() throws Exception {
        int threads = 16;
        List<String> ids = new ArrayList<>();
        for (int i = 0; i <= threads; i++) {
            ids.add(add(GOOGLE, "secret-" + i).id());
        }
        for (int round = 0; round < 10; round++) {
            String expected = selected(GOOGLE).get(0);
            List<String> others =
                    ids.stream().filter(id -> !id.equals(expected)).toList();
            AtomicInteger winners = new AtomicInteger();
            atOnce(threads, number -> {
                if (store.select(alice, GOOGLE, expected, others.get(number))) {
                    winners.incrementAndGet();
                }
            });

            assertThat(winners).hasValue(1);
            assertThat(selected(GOOGLE)).hasSize(1).doesNotContain(expected);
        }
    }

    @Test
    void of_many_racing_first_keys_exactly_one_is_selected() throws Exception {
        atOnce(12, number -> add(GOOGLE, "secret-" + number));

        assertThat(store.list(alice)).hasSize(12);
        assertThat(selected(GOOGLE)).hasSize(1);
    }

    @Test
    void of_many_racing_equal_keys_exactly_one_is_stored() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        atOnce(12, number -> {
            try {
                add(GOOGLE, "secret-1");
            } catch (DuplicateKeyException e) {
                refused.incrementAndGet();
            }
        });

        assertThat(store.list(alice)).hasSize(1);
        assertThat(refused).hasValue(11);
    }

    @Test
    void at_most_one_key_is_selected_whatever_many_threads_do() throws Exception {
        long seed = new Random().nextLong();
        atOnce(8, number -> {
            Random random = new Random(seed + number);
            for (int step = 0; step < 40; step++) {
                List<ProviderKey> keys = store.list(alice);
                assertThat(keys.stream().filter(ProviderKey::selected).count())
                        .as("seed %d, thread %d, step %d", seed, number, step)
                        .isLessThanOrEqualTo(1);
                String some = keys.isEmpty()
                        ? null
                        : keys.get(random.nextInt(keys.size())).id();
                String current = keys.stream()
                        .filter(ProviderKey::selected)
                        .map(ProviderKey::id)
                        .findFirst()
                        .orElse(null);
                switch (random.nextInt(4)) {
                    case 0 -> add(GOOGLE, "secret-" + number + "-" + step);
                    case 1 -> store.delete(alice, String.valueOf(some));
                    default -> store.select(alice, GOOGLE, current, some);
                }
            }
        });

        assertThat(selected(GOOGLE)).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void health_is_kept_for_each_key_and_model() {
        ProviderKey first = add(GOOGLE, "secret-1");
        ProviderKey second = add(GOOGLE, "secret-2");
        Instant now = Instant.parse("2026-03-29T01:30:00.123456Z");
        KeyHealth blocked = new KeyHealth(
                first.id(), "gemini-2.5-pro", KeyHealth.State.BLOCKED, now.plusSeconds(60), 1, "not for this key", now);
        KeyHealth rejected = new KeyHealth(first.id(), null, KeyHealth.State.REJECTED, now, 3, "„wrong key“", now);
        KeyHealth cooling = new KeyHealth(second.id(), null, KeyHealth.State.COOLING, now, 2, "", now);

        store.changeHealth(second, old -> List.of(cooling));
        store.changeHealth(first, old -> List.of(blocked, rejected));

        assertThat(store.health(alice)).containsExactly(blocked, rejected, cooling);
        assertThat(store.health(bob)).isEmpty();
    }

    @Test
    void a_change_of_health_begins_with_what_is_stored() {
        ProviderKey key = add(GOOGLE, "secret-1");
        KeyHealth first = cooling(key, "a");
        KeyHealth second = cooling(key, "b");

        store.changeHealth(key, old -> List.of(first));
        store.changeHealth(key, old -> {
            assertThat(old).containsExactly(first);
            return List.of(first, second);
        });
        assertThat(store.health(alice)).containsExactly(first, second);

        store.changeHealth(key, old -> List.of());
        assertThat(store.health(alice)).isEmpty();
    }

    @Test
    void changes_of_health_at_the_same_time_all_count() throws Exception {
        ProviderKey key = add(GOOGLE, "secret-1");

        atOnce(4, number -> {
            for (int i = 0; i < 5; i++) {
                KeyHealth added = cooling(key, "model-" + number + "-" + i);
                store.changeHealth(
                        key,
                        old -> Stream.concat(old.stream(), Stream.of(added)).toList());
            }
        });

        assertThat(store.health(alice)).extracting(KeyHealth::model).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void health_goes_with_its_key_and_unknown_keys_get_none() {
        ProviderKey key = add(GOOGLE, "secret-1");
        store.changeHealth(key, old -> List.of(cooling(key, null)));

        store.delete(alice, key.id());
        store.changeHealth(key, old -> List.of(cooling(key, null)));

        assertThat(store.health(alice)).isEmpty();
    }

    @Test
    void health_goes_with_an_edit_and_the_old_version_gets_none_any_more() {
        ProviderKey old = add(GOOGLE, "secret-1");
        store.changeHealth(old, before -> List.of(cooling(old, null)));
        store.update(alice, old.id(), ProviderKeyChange.rename("a new name changes nothing"));
        assertThat(store.health(alice)).hasSize(1);

        ProviderKey edited = store.update(alice, old.id(), secret("secret-2")).orElseThrow();
        assertThat(store.health(alice)).isEmpty();

        store.changeHealth(old, before -> List.of(cooling(old, null)));
        assertThat(store.health(alice)).isEmpty();
        store.changeHealth(edited, before -> List.of(cooling(edited, null)));
        assertThat(store.health(alice)).hasSize(1);
    }

    private static KeyHealth cooling(ProviderKey key, @Nullable String model) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new KeyHealth(key.id(), model, KeyHealth.State.COOLING, now, 1, "slow down", now);
    }

    private ProviderKey add(String provider, String secret) {
        return store.add(alice, new NewProviderKey(provider, Secret.of(secret), null));
    }

    private List<String> selected(String provider) {
        return store.list(alice).stream()
                .filter(key -> key.provider().equals(provider) && key.selected())
                .map(ProviderKey::id)
                .toList();
    }

    private static ProviderKeyChange secret(String value) {
        return new ProviderKeyChange(null, Secret.of(value), null, null);
    }

    private static void atOnce(int threads, Numbered work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                tasks.add(() -> {
                    start.await();
                    work.run(number);
                    return null;
                });
            }
            for (Future<Void> done : executor.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Numbered {
        void run(int number);
    }
}
