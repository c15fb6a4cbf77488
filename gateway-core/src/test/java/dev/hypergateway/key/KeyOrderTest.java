package dev.hypergateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.provider.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final InMemoryKeyStore store = new InMemoryKeyStore();
    private int added;

    @Test
    void a_draw_by_weight_is_the_one_that_counting_from_the_first_key_on_gives() {
        Random random = new Random(11);
        for (int round = 0; round < 50; round++) {
            List<Integer> weights = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                weights.add(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
            }
            KeyOrder order = new KeyOrder(slots(weights));
            for (double drawn = 0; drawn <= 1; drawn += 0.01) {
                assertThat(order.weighted(drawn, 99))
                        .as("%s at %s", weights, drawn)
                        .isEqualTo(counted(weights, drawn));
            }
        }
    }

    @Test
    void the_key_that_has_rested_longest_is_found_again_after_each_limit() {
        List<KeySlot> slots = slots(List.of(1, 1, 1, 1, 1));
        KeyOrder order = new KeyOrder(slots);
        Random random = new Random(12);
        for (int i = 0; i < 200; i++) {
            int expected = 0;
            for (int k = 1; k < slots.size(); k++) {
                expected =
                        slots.get(k).lastLimited().isBefore(slots.get(expected).lastLimited()) ? k : expected;
            }
            assertThat(order.leastRecentlyLimited()).isEqualTo(expected);
            KeySlot limited = slots.get(random.nextInt(slots.size()));
            Instant at = NOW.plusSeconds(i);
            limited.put(
                    new KeyHealth(
                            limited.key().id(),
                            "m",
                            KeyHealth.State.COOLING,
                            at.plus(Duration.ofMinutes(1)),
                            1,
                            "429",
                            at),
                    at);
        }
    }

    @Test
    void affinity_among_many_keys_spreads_callers_and_hardly_moves_any_when_a_key_goes() {
        List<KeySlot> many = slots(java.util.Collections.nCopies(300, 1));
        KeyOrder order = new KeyOrder(many);
        Map<String, String> before = new HashMap<>();
        for (int user = 0; user < 1000; user++) {
            String name = "user-" + user;
            KeySlot key = many.get(order.nearest(name));
            assertThat(order.nearest(name)).isEqualTo(many.indexOf(key));
            before.put(name, key.key().id());
        }
        assertThat(before.values().stream().distinct()).hasSizeGreaterThan(250);

        KeySlot gone = many.get(42);
        List<KeySlot> rest = many.stream().filter(slot -> slot != gone).toList();
        KeyOrder smaller = new KeyOrder(rest);
        before.forEach((user, id) -> {
            if (!id.equals(gone.key().id())) {
                assertThat(rest.get(smaller.nearest(user)).key().id()).isEqualTo(id);
            }
        });
    }

    private List<KeySlot> slots(List<Integer> weights) {
        List<KeySlot> slots = new ArrayList<>();
        for (int weight : weights) {
            slots.add(new KeySlot(store.add(
                    Owner.LOCAL,
                    new NewProviderKey(
                            "p",
                            Secret.of("secret-number-" + System.identityHashCode(store) + "-" + added++),
                            "key",
                            null,
                            Map.of("weight", Integer.toString(weight))))));
        }
        return slots;
    }

    private static int counted(List<Integer> weights, double drawn) {
        long total = weights.stream().mapToLong(Integer::longValue).sum();
        if (total == 0) {
            return 99;
        }
        long rest = Math.min((long) (drawn * total), total - 1);
        for (int i = 0; i < weights.size(); i++) {
            rest -= weights.get(i);
            if (rest < 0) {
                return i;
            }
        }
        throw new AssertionError("the draw is beyond the sum");
    }
}
