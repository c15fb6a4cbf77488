package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.transport.Threads;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes uploaded files that are no longer used, behind the call that notices them: space at GigaChat is limited, and pictures of
 * strangers should not lie there for ever. Thread-safe; its one thread ends when idle.
 */
final class FileSweeper {
    private static final Logger LOG = LoggerFactory.getLogger(FileSweeper.class);
    private static final int LONGEST_QUEUE = 1000;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LONGEST_QUEUE),
            Threads.daemons("hyper-gateway-gigachat-files"));

    FileSweeper() {
        thread.allowCoreThreadTimeOut(true);
    }

    /** Deletes the files that this key has not used for long. */
    void sweep(Session session) {
        List<String> old = session.key().files().takeOld();
        if (old.isEmpty()) {
            return;
        }
        Session later = session.detached();
        try {
            thread.execute(() -> old.forEach(id -> delete(id, later)));
        } catch (RejectedExecutionException e) {
            LOG.debug("{} files at GigaChat stay there: too many are being deleted", old.size());
        }
    }

    private static void delete(String id, Session session) {
        try {
            session.send("POST", "/files/" + id + "/delete", "", new byte[0]);
        } catch (ProviderException | IllegalStateException e) {
            LOG.debug("a file at GigaChat could not be deleted: {}", e.getMessage());
        }
    }
}
