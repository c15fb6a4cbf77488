package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamClient;
import dev.hypergateway.transport.UpstreamRequest;
import dev.hypergateway.transport.UpstreamResponse;
import dev.hypergateway.transport.UpstreamStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One attempt with its token: every request to the API goes through here, with the limits of the attempt for each. Used by one
 * thread.
 */
final class Session {
    private static final int LARGEST_ERROR = 1 << 20;

    /** What may stand in {@code X-Session-ID} as it is; anything else is sent as a hash of it. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:@-]{1,64}");

    private final ProviderCall call;
    private final UpstreamClient http;
    private final KeyState key;
    private final @Nullable AccessToken token;
    private final GigaChatErrors errors;
    private final @Nullable String name;

    /**
     * @param token stands for the key; null when a certificate does
     * @param name what conversations of the caller's have in common; null when nothing is said
     */
    Session(
            ProviderCall call,
            UpstreamClient http,
            KeyState key,
            @Nullable AccessToken token,
            GigaChatErrors errors,
            @Nullable String name) {
        this.call = call;
        this.http = http;
        this.key = key;
        this.token = token;
        this.errors = errors;
        this.name = name;
    }

    KeyState key() {
        return key;
    }

    /** A session with the same token that outlives the call and its cancellation, for another thread. */
    Session detached() {
        ProviderCall detached = new ProviderCall(
                call.model(),
                call.credential(),
                call.baseUri(),
                call.http(),
                AttemptControl.withDefaults(),
                call.settings());
        return new Session(detached, http, key, token, errors, name);
    }

    /** Sends a request and reads the whole answer, which must be a success. */
    UpstreamResponse send(String method, String path, String contentType, byte[] body) {
        return send(new UpstreamRequest(method, uri(path), headers(contentType, "application/json"), body));
    }

    /** Asks for something. */
    UpstreamResponse get(String path) {
        return send(UpstreamRequest.get(uri(path), headers("", "application/json")));
    }

    /** The picture in a file. */
    byte[] picture(String fileId) {
        return send(UpstreamRequest.get(uri("/files/" + fileId + "/content"), headers("", "application/jpg")))
                .body();
    }

    /** Opens a stream, which must be a success. */
    UpstreamStream open(String path, byte[] body) {
        UpstreamStream stream;
        call.control().restartLimits();
        try {
            stream = http.open(
                    new UpstreamRequest("POST", uri(path), headers("application/json", "text/event-stream"), body),
                    call.control());
        } catch (TransportException e) {
            throw TrustedClients.failure(e, call, call.control());
        }
        if (stream.isSuccess()) {
            return stream;
        }
        try (stream) {
            throw refused(
                    errors.ofApi(stream.status(), stream.headers(), stream.readBody(LARGEST_ERROR), call.credential()));
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
    }

    /** The JSON object in an answer. */
    JsonNode object(UpstreamResponse response) {
        JsonNode body;
        try {
            body = GigaChatJson.parse(response.body());
        } catch (IOException e) {
            throw Failures.unreadable("it is not JSON: " + Failures.excerpt(response.body()), null);
        }
        if (!body.isObject()) {
            throw Failures.unreadable("it is not a JSON object", null);
        }
        if (!body.has("choices") && body.path("message").isTextual()) {
            throw refused(errors.inBand(body, response.headers(), call.credential(), call.control()));
        }
        return body;
    }

    private UpstreamResponse send(UpstreamRequest request) {
        UpstreamResponse response;
        call.control().restartLimits();
        try {
            response = http.send(request, call.control());
        } catch (TransportException e) {
            throw TrustedClients.failure(e, call, call.control());
        }
        if (response.isSuccess()) {
            return response;
        }
        throw refused(errors.ofApi(response.status(), response.headers(), response.body(), call.credential()));
    }

    /**
     * A token that was refused is never used again; the gateway's next attempt with this key gets a new one. Where there is none, it
     * is the certificate that was refused.
     */
    private ProviderException refused(ProviderException e) {
        boolean expired = e.failure().kind() == FailureKind.TOKEN_EXPIRED;
        if (token == null) {
            return expired ? certificateRefused(e) : e;
        }
        if (expired) {
            key.token().drop(token);
        }
        return new ProviderException(e.failure().without(token.secret()));
    }

    private static ProviderException certificateRefused(ProviderException e) {
        Failure said = e.failure();
        return new ProviderException(
                Failure.builder(
                                FailureKind.CREDENTIAL_REJECTED,
                                said.message() + " – GigaChat does not take the certificate in "
                                        + GigaChatSettings.CERT_FILE
                                        + " without a token; check it, or give an authorization key")
                        .httpStatus(
                                said.httpStatus().isPresent()
                                        ? said.httpStatus().getAsInt()
                                        : null)
                        .requestId(said.requestId().orElse(null))
                        .build(),
                e);
    }

    private URI uri(String path) {
        return call.endpoint(path);
    }

    private Map<String, String> headers(String contentType, String accept) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (token != null) {
            headers.put("Authorization", "Bearer " + token.secret().reveal());
        }
        headers.put("Accept", accept);
        if (!contentType.isEmpty()) {
            headers.put("Content-Type", contentType);
        }
        if (name != null && !name.isBlank()) {
            headers.put("X-Session-ID", sessionId(name));
        }
        return headers;
    }

    private static String sessionId(String value) {
        return PLAIN.matcher(value).matches()
                ? value
                : UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
