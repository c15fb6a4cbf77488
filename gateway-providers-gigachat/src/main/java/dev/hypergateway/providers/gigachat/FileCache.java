package dev.hypergateway.providers.gigachat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The files that one key has uploaded, by the hash of their content: a conversation shows the same picture with every turn. What
 * has not been used for an hour, and the oldest beyond a thousand, is handed out for deletion. Thread-safe.
 */
final class FileCache {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST = 1000;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> byHash = new LinkedHashMap<>(16, 0.75f, true);

    FileCache(Clock clock) {
        this.clock = clock;
    }

    /** The file with this content; null when it has to be uploaded. */
    @Nullable
    String find(String hash) {
        lock.lock();
        try {
            Entry entry = byHash.get(hash);
            if (entry == null) {
                return null;
            }
            byHash.put(hash, new Entry(entry.fileId, clock.instant()));
            return entry.fileId;
        } finally {
            lock.unlock();
        }
    }

    /** Remembers an uploaded file. One with the same content that another call has uploaded meanwhile stays until it is old. */
    void put(String hash, String fileId) {
        lock.lock();
        try {
            Entry twin = byHash.put(hash, new Entry(fileId, clock.instant()));
            if (twin != null) {
                byHash.put(hash + ":" + twin.fileId, twin);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets files that the vendor no longer has. */
    void forget(Set<String> fileIds) {
        lock.lock();
        try {
            byHash.values().removeIf(entry -> fileIds.contains(entry.fileId));
        } finally {
            lock.unlock();
        }
    }

    /** Takes out the files that are to be deleted; each is handed out once. */
    List<String> takeOld() {
        lock.lock();
        try {
            Instant limit = clock.instant().minus(KEPT);
            Set<String> old = new HashSet<>();
            Iterator<Entry> oldestFirst = byHash.values().iterator();
            while (oldestFirst.hasNext()) {
                Entry entry = oldestFirst.next();
                if (byHash.size() <= MOST && entry.usedAt.isAfter(limit)) {
                    break;
                }
                old.add(entry.fileId);
                oldestFirst.remove();
            }
            return new ArrayList<>(old);
        } finally {
            lock.unlock();
        }
    }

    private record Entry(String fileId, Instant usedAt) {}
}
