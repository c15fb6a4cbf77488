package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.Fingerprint;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Refusal;
import dev.hypergateway.transport.MediaFetchException;
import dev.hypergateway.transport.MediaFetcher;
import dev.hypergateway.transport.TransportException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files of one request: fetched where the request only points to them, uploaded where GigaChat does not have them yet. Used by
 * one thread.
 */
final class Uploads {
    /** The most that GigaChat takes in one request, all files together. */
    private static final long MOST_BYTES = 80L << 20;

    private final List<Attachment> attachments;
    private final List<Attachment.Source> sources;
    private final Set<String> reused = new HashSet<>();

    private Uploads(List<Attachment> attachments, List<Attachment.Source> sources) {
        this.attachments = attachments;
        this.sources = sources;
    }

    /**
     * Fetches what lies elsewhere.
     *
     * @throws ProviderException naming the field, when something cannot be had, is no picture or is too much
     */
    static Uploads fetch(List<Attachment> attachments, MediaFetcher fetcher, ProviderCall call) {
        List<Attachment.Source> sources = new ArrayList<>(attachments.size());
        long bytes = 0;
        for (Attachment attachment : attachments) {
            Attachment.Source source = attachment.source() instanceof Attachment.Remote remote
                    ? new Attachment.Inline(fetch(remote.url(), attachment.param(), fetcher, call))
                    : attachment.source();
            bytes +=
                    source instanceof Attachment.Inline inline ? inline.upload().body().length : 0;
            if (bytes > MOST_BYTES) {
                throw Refusal.of(
                        attachment.param(),
                        "GigaChat takes at most 80 MB of files in one request; send fewer or smaller");
            }
            sources.add(source);
        }
        return new Uploads(attachments, sources);
    }

    /** Puts the ids of all files into the request, after uploading those that are new. */
    void attach(Session session) {
        FileCache cache = session.key().files();
        for (int i = 0; i < attachments.size(); i++) {
            attachments.get(i).target().add(id(sources.get(i), session, cache));
        }
    }

    /** Whether a file was used that had been uploaded by an earlier call; it may have been deleted behind our back. */
    boolean hasReused() {
        return !reused.isEmpty();
    }

    /** Forgets the files that earlier calls had uploaded, so that the next attempt uploads them again. */
    void forgetReused(FileCache cache) {
        cache.forget(reused);
    }

    private String id(Attachment.Source source, Session session, FileCache cache) {
        if (source instanceof Attachment.Existing existing) {
            return existing.fileId();
        }
        Upload upload = ((Attachment.Inline) source).upload();
        String hash = upload.filename() + ":" + Fingerprint.of(upload.body());
        String known = cache.find(hash);
        if (known != null) {
            reused.add(known);
            return known;
        }
        String id = upload(upload, session);
        cache.put(hash, id);
        return id;
    }

    private static String upload(Upload upload, Session session) {
        Multipart form =
                new Multipart(upload.body().length).file("file", upload).field("purpose", "general");
        JsonNode file = session.object(session.send("POST", "/files", form.contentType(), form.end()));
        String id = file.path("id").asText("");
        if (id.isEmpty()) {
            throw Failures.unreadable("the uploaded file has no id", null);
        }
        return id;
    }

    private static Upload fetch(String url, String param, MediaFetcher fetcher, ProviderCall call) {
        try {
            byte[] body = fetcher.fetch(url, MediaKind.IMAGE.maxBytes(), call.http(), call.control())
                    .body();
            return Upload.image(body, param);
        } catch (MediaFetchException e) {
            throw Refusal.of(param, "the picture cannot be fetched: " + e.getMessage());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
    }
}
