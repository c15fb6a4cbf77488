package dev.hypergateway.server.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process by Ctrl-C or a signal. Stateless.
 *
 * <p>A shutdown hook would be too late: H2 closes its databases in one, and all hooks run at the same time. So the signals
 * themselves are handled, with the one API that Java has for that. It is not part of the platform's specification, hence the
 * reflection, and the hook for where it is missing.
 */
final class ProcessEnd {
    private static final Logger log = LoggerFactory.getLogger(ProcessEnd.class);

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final int INTERRUPTED = 130;

    private ProcessEnd() {}

    /**
     * Waits until the process is told to stop, then tidies up. Being told a second time ends the process at once.
     *
     * @param tidyUp run once, before the process ends
     */
    static void await(Runnable tidyUp) {
        CountDownLatch told = new CountDownLatch(1);
        boolean handled = SIGNALS.stream().filter(name -> handle(name, told)).count() > 0;
        if (!handled) {
            Runtime.getRuntime().addShutdownHook(new Thread(tidyUp, "hyper-gateway-shutdown"));
        }
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tidyUp.run();
    }

    private static boolean handle(String name, CountDownLatch told) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            stop(told);
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.debug("Signal {} cannot be handled: {}", name, e.toString());
            return false;
        }
    }

    private static void stop(CountDownLatch told) {
        if (told.getCount() == 0) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        told.countDown();
    }
}
