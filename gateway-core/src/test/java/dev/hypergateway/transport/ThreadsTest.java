package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    @Test
    void uses_virtual_threads_from_jdk_24_on() {
        assertThat(Threads.virtual()).isEqualTo(Runtime.version().feature() >= 24);
    }

    @Test
    void runs_each_task_on_a_named_daemon_thread_of_its_own() throws Exception {
        ExecutorService executor = Threads.perTask("some-name");
        try {
            int count = 200;
            CountDownLatch allRun = new CountDownLatch(count);
            List<Future<Thread>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                tasks.add(executor.submit(() -> {
                    allRun.countDown();
                    allRun.await();
                    return Thread.currentThread();
                }));
            }
            for (Future<Thread> task : tasks) {
                assertThat(task.get().getName()).startsWith("some-name-");
                assertThat(task.get().isDaemon()).isTrue();
                assertThat(task.get().getClass().getSimpleName().contains("Virtual"))
                        .isEqualTo(Threads.virtual());
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
