package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void runs_each_action_once_however_often_it_is_cancelled() {
        cancellation.onCancel(runs::incrementAndGet);
        cancellation.onCancel(runs::incrementAndGet);
        assertThat(cancellation.isCancelled()).isFalse();

        cancellation.cancel();
        cancellation.cancel();

        assertThat(cancellation.isCancelled()).isTrue();
        assertThat(runs).hasValue(2);
    }

    @Test
    void runs_an_action_at_once_that_comes_after_it_was_cancelled() {
        cancellation.cancel();
        cancellation.onCancel(runs::incrementAndGet).close();
        assertThat(runs).hasValue(1);
    }

    @Test
    void does_not_run_an_action_whose_registration_is_closed() {
        cancellation.onCancel(runs::incrementAndGet).close();
        cancellation.cancel();
        assertThat(runs).hasValue(0);
    }

    @Test
    void closing_one_registration_of_an_action_leaves_the_other() {
        Runnable action = runs::incrementAndGet;
        Cancellation.Registration first = cancellation.onCancel(action);
        cancellation.onCancel(action);
        first.close();
        first.close();
        cancellation.cancel();
        assertThat(runs).hasValue(1);
    }

    @Test
    void runs_the_other_actions_when_one_throws() {
        cancellation.onCancel(() -> {
            throw new IllegalStateException("on purpose");
        });
        cancellation.onCancel(runs::incrementAndGet);
        cancellation.cancel();
        assertThat(runs).hasValue(1);
    }

    @Test
    void an_action_may_register_and_close_others() {
        Cancellation.Registration other = cancellation.onCancel(() -> {});
        cancellation.onCancel(() -> {
            other.close();
            cancellation.onCancel(runs::incrementAndGet);
        });
        cancellation.cancel();
        assertThat(runs).hasValue(1);
    }

    @Test
    void no_action_is_lost_or_run_twice_when_registering_races_with_cancelling() throws Exception {
        ExecutorService threads = Threads.perTask("cancellation-test");
        try {
            for (int round = 0; round < 500; round++) {
                Cancellation racing = new Cancellation();
                AtomicInteger count = new AtomicInteger();
                CyclicBarrier start = new CyclicBarrier(4);
                List<Future<?>> tasks = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    tasks.add(threads.submit(() -> {
                        start.await();
                        racing.cancel();
                        return null;
                    }));
                    tasks.add(threads.submit(() -> {
                        start.await();
                        racing.onCancel(count::incrementAndGet);
                        return null;
                    }));
                }
                for (Future<?> task : tasks) {
                    task.get();
                }
                assertThat(count).as("round %d", round).hasValue(2);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
