package dev.hypergateway.server.cli;

import java.util.concurrent.CountDownLatch;

/** The end of the process by Ctrl-C or a signal. Stateless. */
final class ProcessEnd {
    private ProcessEnd() {}

    /**
     * Waits for the end of the process and tidies up first. Returns only when the thread is interrupted.
     *
     * @param tidyUp run once, before the process ends
     */
    static void await(Runnable tidyUp) {
        Runtime.getRuntime().addShutdownHook(new Thread(tidyUp, "hyper-gateway-shutdown"));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
