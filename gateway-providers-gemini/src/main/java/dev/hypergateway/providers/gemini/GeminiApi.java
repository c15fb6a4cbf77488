package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamRequest;
import dev.hypergateway.transport.UpstreamResponse;
import dev.hypergateway.transport.UpstreamStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One attempt's way to Google: every request goes through here, so that each error is classified in the same way. Used by one
 * thread.
 *
 * @param call what the attempt has: key, address, limits
 * @param errors tells what an error answer means
 */
record GeminiApi(ProviderCall call, GeminiErrorClassifier errors) {
    private static final int LARGEST_ERROR = 1 << 20;

    /** The header fields of a request, with the key. */
    Map<String, String> headers(String accept) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-goog-api-key", call.credential().secret().reveal());
        headers.put("Accept", accept);
        return headers;
    }

    /** Posts JSON below the base address and reads the JSON object that comes back. */
    JsonNode post(String path, List<byte[]> body) {
        return object(send(UpstreamRequest.postJson(call.endpoint(path), headers("application/json"), body)));
    }

    /** Asks for a JSON object below the base address. */
    JsonNode get(String path) {
        return object(send(UpstreamRequest.get(call.endpoint(path), headers("application/json"))));
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @throws dev.hypergateway.provider.ProviderException when it is not a success
     */
    UpstreamResponse send(UpstreamRequest request) {
        UpstreamResponse response;
        try {
            response = call.http().send(request, call.control());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
        if (!response.isSuccess()) {
            throw errors.classify(response.status(), response.headers(), response.body(), call.credential());
        }
        return response;
    }

    /**
     * Posts JSON below the base address and opens the stream that comes back.
     *
     * @throws dev.hypergateway.provider.ProviderException when it is not a success
     */
    UpstreamStream open(String path, List<byte[]> body) {
        UpstreamStream stream;
        try {
            stream = call.http()
                    .open(
                            UpstreamRequest.postJson(call.endpoint(path), headers("text/event-stream"), body),
                            call.control());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
        if (stream.isSuccess()) {
            return stream;
        }
        try (stream) {
            byte[] error = stream.readBody(LARGEST_ERROR);
            throw errors.classify(stream.status(), stream.headers(), error, call.credential());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
    }

    /**
     * The JSON object in an answer.
     *
     * @throws dev.hypergateway.provider.ProviderException when there is none, or it is an error in spite of the status
     */
    JsonNode object(UpstreamResponse response) {
        JsonNode body;
        try {
            body = GeminiJson.parse(response.body());
        } catch (IOException notJson) {
            // Not the cause: Jackson quotes the text that it stumbled over.
            throw Failures.unreadable("it is not JSON", null);
        }
        if (!body.isObject()) {
            throw Failures.unreadable("it is not a JSON object", null);
        }
        JsonNode error = body.path("error");
        if (error.isObject()) {
            throw errors.inBand(error, call.credential(), call.control());
        }
        return body;
    }
}
