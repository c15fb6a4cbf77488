package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.provider.Fingerprint;
import dev.hypergateway.testkit.GeminiServer.UploadedFile;
import dev.hypergateway.testkit.wire.WireHeaders;
import dev.hypergateway.testkit.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The Files API with its resumable uploads, as recorded in 2026. Thread-safe. */
final class GeminiFiles {
    static final String UPLOADS = "/upload/v1beta/files";
    static final String FILES = "/v1beta/files";

    private static final AtomicLong SERIAL = new AtomicLong();
    private static final Duration KEPT = Duration.ofDays(2);

    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Map<String, Stored> files = Collections.synchronizedMap(new LinkedHashMap<>());
    private volatile int looks;
    private volatile @Nullable String failure;

    /** Lets files be looked at this often before they can be used. */
    void processing(int times) {
        looks = times;
    }

    /** Lets the processing of files fail for this reason; null lets it succeed. */
    void failing(@Nullable String reason) {
        failure = reason;
    }

    List<UploadedFile> all() {
        synchronized (files) {
            return files.values().stream().map(Stored::file).toList();
        }
    }

    void drop() {
        files.clear();
    }

    void reset() {
        uploads.clear();
        files.clear();
        looks = 0;
        failure = null;
    }

    /** Whose upload a request goes on with, which needs no key; null when it is no such request. */
    @Nullable
    String keyOfUpload(WireRequest request) {
        Upload upload = request.path().equals(UPLOADS)
                ? uploads.get(request.parameter("upload_id").orElse(""))
                : null;
        return upload == null ? null : upload.key();
    }

    /** Answers a request to the Files API. */
    WireResponse answer(WireRequest request, String key) {
        String path = request.path();
        if (path.equals(UPLOADS)) {
            return request.parameter("upload_id").isPresent() ? finish(request) : start(request, key);
        } else if (path.equals(FILES)) {
            return GeminiDialect.json(200, list(request, key));
        }
        String name = path.substring("/v1beta/".length());
        Stored stored = files.get(name);
        if (stored == null || !stored.file().key().equals(key)) {
            return GeminiDialect.json(403, missing(name));
        } else if (request.method().equals("DELETE")) {
            files.remove(name);
            return GeminiDialect.json(200, Json.object());
        }
        ObjectNode described = describe(stored, request);
        stored.looksLeft().updateAndGet(left -> Math.max(0, left - 1));
        return GeminiDialect.json(200, described);
    }

    /** What speaks against using a file of this server in a request, or null. Addresses elsewhere are good. */
    @Nullable
    ObjectNode problem(String uri, WireRequest request, String key) {
        String here = address(request, "/v1beta/");
        if (!uri.startsWith(here)) {
            return null;
        }
        String name = uri.substring(here.length());
        Stored stored = files.get(name);
        if (stored == null || !stored.file().key().equals(key)) {
            return missing(name);
        }
        return stored.state().equals("ACTIVE")
                ? null
                : GeminiErrors.error(
                        400,
                        "FAILED_PRECONDITION",
                        "The File " + id(name) + " is not in an ACTIVE state and usage is not allowed.");
    }

    private WireResponse start(WireRequest request, String key) {
        boolean starts = request.headers()
                        .first("X-Goog-Upload-Protocol")
                        .filter("resumable"::equals)
                        .isPresent()
                && request.headers()
                        .first("X-Goog-Upload-Command")
                        .filter("start"::equals)
                        .isPresent();
        String type =
                request.headers().first("X-Goog-Upload-Header-Content-Type").orElse("");
        if (!starts || type.isEmpty()) {
            return GeminiDialect.json(400, GeminiErrors.invalid("Request contains an invalid argument."));
        }
        String id = "sandbox-upload-" + SERIAL.incrementAndGet();
        String length =
                request.headers().first("X-Goog-Upload-Header-Content-Length").orElse("");
        uploads.put(id, new Upload(key, type, length, displayName(request)));
        String address = address(request, UPLOADS) + "?upload_id=" + id + "&upload_protocol=resumable";
        WireHeaders headers = GeminiHeaders.upload()
                .add("Content-Type", "text/plain; charset=utf-8")
                .add("X-Goog-Upload-Status", "active")
                .add("X-Goog-Upload-Url", address)
                .add("X-Goog-Upload-Control-Url", address)
                .add("X-Goog-Upload-Chunk-Granularity", "8388608");
        return new WireResponse(200, headers, new byte[0], false);
    }

    private WireResponse finish(WireRequest request) {
        Upload upload = uploads.remove(request.parameter("upload_id").orElse(""));
        boolean whole = request.headers()
                        .first("X-Goog-Upload-Command")
                        .filter("upload, finalize"::equals)
                        .isPresent()
                && request.headers()
                        .first("X-Goog-Upload-Offset")
                        .filter("0"::equals)
                        .isPresent();
        if (upload == null || !whole || !upload.length().equals(String.valueOf(request.body().length))) {
            return GeminiDialect.json(400, GeminiErrors.invalid("Request contains an invalid argument."));
        }
        String name = String.format("files/sandbox%06d", SERIAL.incrementAndGet());
        Stored stored = new Stored(
                new UploadedFile(name, upload.key(), upload.mimeType(), request.body()),
                upload.displayName(),
                Instant.now(),
                new AtomicInteger(looks),
                failure);
        files.put(name, stored);
        ObjectNode body = Json.object();
        body.set("file", describe(stored, request));
        WireHeaders headers = GeminiHeaders.upload()
                .add("Vary", "Origin")
                .add("Content-Type", "application/json; charset=UTF-8")
                .add("X-Goog-Upload-Status", "final");
        return new WireResponse(200, headers, Json.bytes(Json.pretty(body)), false);
    }

    private ObjectNode list(WireRequest request, String key) {
        ObjectNode list = Json.object();
        ArrayNode entries = list.putArray("files");
        List<Stored> all;
        synchronized (files) {
            all = new ArrayList<>(files.values());
        }
        all.stream()
                .filter(stored -> stored.file().key().equals(key))
                .forEach(stored -> entries.add(describe(stored, request)));
        return list;
    }

    private static ObjectNode describe(Stored stored, WireRequest request) {
        UploadedFile file = stored.file();
        byte[] hash = Base64.getEncoder().encode(Fingerprint.of(file.content()).getBytes(StandardCharsets.UTF_8));
        ObjectNode described = Json.object()
                .put("name", file.name())
                .put("displayName", stored.displayName())
                .put("mimeType", file.mimeType())
                .put("sizeBytes", String.valueOf(file.content().length))
                .put("createTime", stored.created().toString())
                .put("updateTime", stored.created().toString())
                .put("expirationTime", stored.created().plus(KEPT).toString())
                .put("sha256Hash", new String(hash, StandardCharsets.UTF_8))
                .put("uri", address(request, "/v1beta/" + file.name()))
                .put("state", stored.state())
                .put("source", "UPLOADED");
        if (stored.state().equals("FAILED")) {
            described.putObject("error").put("code", 3).put("message", stored.failure());
        }
        return described;
    }

    private static ObjectNode missing(String name) {
        return GeminiErrors.error(
                403,
                "PERMISSION_DENIED",
                "You do not have permission to access the File " + id(name) + " or it may not exist.");
    }

    private static String address(WireRequest request, String path) {
        return "http://" + request.headers().first("Host").orElse("") + path;
    }

    private static String id(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static String displayName(WireRequest request) {
        JsonNode body = Json.tryObject(request.text());
        JsonNode file = body == null ? Json.object() : body.path("file");
        return GeminiSchema.field(file, "displayName").asText("");
    }

    private record Upload(String key, String mimeType, String length, String displayName) {}

    private record Stored(
            UploadedFile file,
            String displayName,
            Instant created,
            AtomicInteger looksLeft,
            @Nullable String failure) {
        String state() {
            if (looksLeft.get() > 0) {
                return "PROCESSING";
            }
            return failure == null ? "ACTIVE" : "FAILED";
        }
    }
}
