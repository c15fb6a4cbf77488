package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameLookupTest {
    private final ExecutorService threads = Threads.perTask("lookup-test");
    private final AtomicLong time = new AtomicLong(-5);
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void asks_again_only_when_the_answer_may_have_left_the_cache_of_the_jvm() throws Exception {
        NameLookup names = new NameLookup(asked::add, threads, time::get);
        names.resolve("a.example", () -> "a.example");
        time.addAndGet(Duration.ofSeconds(19).toNanos());
        names.resolve("a.example", () -> "a.example");
        assertThat(asked).containsExactly("a.example");

        time.addAndGet(Duration.ofSeconds(1).toNanos());
        names.resolve("a.example", () -> "a.example");
        names.resolve("b.example", () -> "b.example");
        assertThat(asked).containsExactly("a.example", "a.example", "b.example");
    }

    @Test
    void asks_again_after_a_failure() {
        NameLookup names = new NameLookup(
                host -> {
                    asked.add(host);
                    throw new UnknownHostException(host);
                },
                threads,
                time::get);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(() -> names.resolve("a.example", () -> "a.example"));
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void an_interrupt_ends_the_wait_for_a_name_server_that_does_not_answer() {
        CountDownLatch never = new CountDownLatch(1);
        NameLookup names = new NameLookup(
                host -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return host;
                },
                threads,
                time::get);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> names.resolve("a.example", () -> "a.example"));
    }
}
