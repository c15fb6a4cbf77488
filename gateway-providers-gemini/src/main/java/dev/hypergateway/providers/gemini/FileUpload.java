package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Refusal;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamRequest;
import dev.hypergateway.transport.UpstreamResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The upload of one file: start, send, and wait until Google has looked at it. All of it belongs to one attempt and shares its
 * deadline; its errors are classified like any other. Used by one thread.
 */
final class FileUpload {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Pattern NAME = Pattern.compile("files/[A-Za-z0-9_-]{1,100}");
    private static final byte[] DESCRIPTION =
            "{\"file\":{\"display_name\":\"attachment\"}}".getBytes(StandardCharsets.UTF_8);

    private final GeminiApi api;
    private final Function<Duration, CompletableFuture<?>> delay;

    /** @param delay something that is complete after this time */
    FileUpload(GeminiApi api, Function<Duration, CompletableFuture<?>> delay) {
        this.api = api;
        this.delay = delay;
    }

    /**
     * Uploads a file.
     *
     * @param param the request field, for messages
     * @throws dev.hypergateway.provider.ProviderException when that fails
     */
    UploadedFile send(byte[] content, String mimeType, String param, Instant now) {
        JsonNode file = finish(start(content, mimeType), content);
        while (file.path("state").asText().equals("PROCESSING")) {
            file = look(file);
        }
        if (file.path("state").asText().equals("FAILED")) {
            String reason = file.at("/error/message").asText("");
            throw Refusal.of(
                    param,
                    "Google could not process the file as " + mimeType + (reason.isEmpty() ? "" : ": " + reason));
        }
        return UploadedFile.of(file, mimeType, now);
    }

    private URI start(byte[] content, String mimeType) {
        Map<String, String> headers = api.headers("application/json");
        headers.put("X-Goog-Upload-Protocol", "resumable");
        headers.put("X-Goog-Upload-Command", "start");
        headers.put("X-Goog-Upload-Header-Content-Length", String.valueOf(content.length));
        headers.put("X-Goog-Upload-Header-Content-Type", mimeType);
        UpstreamResponse started =
                send(UpstreamRequest.postJson(address(api.call().baseUri()), headers, DESCRIPTION));
        String address = started.headers().first("X-Goog-Upload-URL").orElse("");
        try {
            URI uri = URI.create(address);
            if (isTrusted(uri)) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw Failures.unreadable("it names no address for the upload", null);
        }
        throw Failures.unreadable("it names no address for the upload", null);
    }

    /** The address for this upload is the permission for it; the key is not sent there. */
    private JsonNode finish(URI address, byte[] content) {
        Map<String, String> headers = Map.of(
                "X-Goog-Upload-Offset", "0",
                "X-Goog-Upload-Command", "upload, finalize",
                "Accept", "application/json");
        JsonNode answer = api.object(send(new UpstreamRequest("POST", address, headers, content)));
        return checked(answer.path("file"));
    }

    private JsonNode look(JsonNode file) {
        ProviderCall call = api.call();
        try {
            call.control().await(delay.apply(BETWEEN_LOOKS), "Google to process a file");
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
        call.control().restartLimits();
        return checked(api.get("/" + file.path("name").asText()));
    }

    private UpstreamResponse send(UpstreamRequest request) {
        api.call().control().restartLimits();
        return api.send(request);
    }

    private static JsonNode checked(JsonNode file) {
        if (!NAME.matcher(file.path("name").asText()).matches()
                || file.path("uri").asText().isEmpty()) {
            throw Failures.unreadable("the uploaded file has no name", null);
        }
        return file;
    }

    /** Encrypted, or where the API itself is: the content must not go out in the clear because an answer says so. */
    private boolean isTrusted(URI address) {
        URI base = api.call().baseUri();
        return "https".equalsIgnoreCase(address.getScheme())
                || (String.valueOf(address.getScheme()).equalsIgnoreCase(base.getScheme())
                        && String.valueOf(address.getAuthority()).equals(base.getAuthority()));
    }

    /** {@code /upload} stands before the version: {@code https://host/v1beta} becomes {@code https://host/upload/v1beta/files}. */
    static URI address(URI base) {
        String text = base.toString();
        int version = text.lastIndexOf('/');
        boolean hasPath = base.getRawPath() != null && base.getRawPath().length() > 1;
        return URI.create(
                hasPath
                        ? text.substring(0, version) + "/upload" + text.substring(version) + "/files"
                        : text + "/upload/files");
    }
}
