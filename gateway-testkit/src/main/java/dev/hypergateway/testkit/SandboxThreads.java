package dev.hypergateway.testkit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for blocking work that do not keep the process alive. */
final class SandboxThreads {
    private SandboxThreads() {}

    static ExecutorService perTask() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "vendor-sandbox-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
