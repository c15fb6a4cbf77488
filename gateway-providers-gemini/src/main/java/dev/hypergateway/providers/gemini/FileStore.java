package dev.hypergateway.providers.gemini;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hypergateway.provider.Fingerprint;
import dev.hypergateway.provider.ProviderCall;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The files that were uploaded to Google and are still there, by key and content: a conversation shows the same film with every
 * turn. A file belongs to the project of the key that uploaded it, so another key, or the same one with another secret, does not
 * find it. Google deletes files by itself. Thread-safe.
 */
final class FileStore {
    private static final int MOST = 10_000;

    /** A file is not referred to when it may be gone before the answer is done. */
    private static final Duration MARGIN = Duration.ofMinutes(15);

    private final Clock clock;
    private final Cache<Id, UploadedFile> files =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    FileStore(Clock clock) {
        this.clock = clock;
    }

    /** What tells an uploaded file from all others. */
    static Id id(byte[] content, String mimeType, ProviderCall call) {
        return new Id(
                call.baseUri(),
                call.credential().version(),
                Fingerprint.of(call.credential().secret()),
                mimeType,
                Fingerprint.of(content));
    }

    @Nullable
    UploadedFile find(Id id) {
        UploadedFile file = files.getIfPresent(id);
        return file != null && clock.instant().plus(MARGIN).isBefore(file.expires()) ? file : null;
    }

    void put(Id id, UploadedFile file) {
        files.put(id, file);
    }

    void forget(Iterable<Id> ids) {
        files.invalidateAll(ids);
    }

    /** Neither the key nor the content can be found from it. */
    record Id(URI baseUri, long keyVersion, String key, String mimeType, String content) {
        @Override
        public String toString() {
            return "Id[" + mimeType + "]";
        }
    }
}
