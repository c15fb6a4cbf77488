package dev.hypergateway.providers.gemini;

import dev.hypergateway.json.PieceOutput;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Refusal;
import dev.hypergateway.transport.MediaFetchException;
import dev.hypergateway.transport.MediaFetcher;
import dev.hypergateway.transport.TransportException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Brings the attachments of a request to Google. What the request only points to is fetched here and not by Google: older models
 * take no addresses, newer ones fail now and then without saying which address it was, and an address must not lead to where the
 * gateway alone may go. What makes a request too large goes through the Files API. A request without either costs nothing.
 * Thread-safe.
 */
final class Attachments {
    /** "Request payload size exceeds the limit: 20971520 bytes." */
    static final int LARGEST_REQUEST = 20 << 20;

    /** Most bytes of what is fetched; they are held in memory. */
    static final int LARGEST_FETCHED = 64 << 20;

    private final MediaFetcher fetcher;
    private final FileStore files;
    private final Clock clock;
    private final Function<Duration, CompletableFuture<?>> delay;

    /**
     * @param fetcher fetches what a request points to
     * @param delay something that is complete after a time
     */
    Attachments(MediaFetcher fetcher, FileStore files, Clock clock, Function<Duration, CompletableFuture<?>> delay) {
        this.fetcher = fetcher;
        this.files = files;
        this.clock = clock;
        this.delay = delay;
    }

    /**
     * Writes the request with all its attachments.
     *
     * @throws dev.hypergateway.provider.ProviderException naming the field, when one cannot be had, is not what it should be or is
     *     too large, or with the classified error of an upload
     */
    List<byte[]> write(Draft draft, GeminiApi api) {
        for (Attachment attachment : draft.attachments()) {
            if (attachment.url() != null) {
                fetch(attachment, attachment.url(), api.call());
            }
        }
        PieceOutput body = GeminiJson.written(draft.body());
        if (body.size() > LARGEST_REQUEST && upload(draft, body.size(), api)) {
            body = GeminiJson.written(draft.body());
        }
        if (!draft.attachments().isEmpty()) {
            api.call().control().restartLimits();
        }
        return body.pieces();
    }

    private void fetch(Attachment attachment, String url, ProviderCall call) {
        try {
            MediaFetcher.Media media = fetcher.fetch(url, LARGEST_FETCHED, call.http(), call.control());
            String data = Base64.getEncoder().encodeToString(media.body());
            String declared = media.mimeType() == null ? "application/octet-stream" : media.mimeType();
            attachment.fill(attachment.kind().checked(declared, data, attachment.param()), data);
        } catch (MediaFetchException e) {
            throw Refusal.of(attachment.param(), "it cannot be fetched: " + e.getMessage());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
    }

    /** Moves the largest attachments out of the request until it is small enough; false when there is none to move. */
    private boolean upload(Draft draft, long length, GeminiApi api) {
        Deque<Attachment> largestFirst = new ArrayDeque<>(draft.attachments().stream()
                .filter(Attachment::movable)
                .sorted(Comparator.comparingInt(Attachment::length).reversed())
                .toList());
        if (largestFirst.isEmpty()) {
            return false;
        }
        long left = length;
        while (left > LARGEST_REQUEST && !largestFirst.isEmpty()) {
            Attachment attachment = largestFirst.remove();
            left -= attachment.length();
            attachment.refer(uploaded(attachment, draft.reused(), api));
        }
        return true;
    }

    private UploadedFile uploaded(Attachment attachment, Reused reused, GeminiApi api) {
        byte[] content = attachment.bytes();
        String mimeType = attachment.mimeType();
        FileStore.Id id = FileStore.id(content, mimeType, api.call());
        UploadedFile known = files.find(id);
        if (known != null) {
            reused.file(id);
            return known;
        }
        UploadedFile file = new FileUpload(api, delay).send(content, mimeType, attachment.param(), clock.instant());
        files.put(id, file);
        return file;
    }
}
