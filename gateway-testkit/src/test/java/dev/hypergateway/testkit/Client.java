package dev.hypergateway.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The JDK's HTTP client against the sandbox. */
final class Client {
    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Client() {}

    static HttpResponse<String> gemini(VendorSandbox sandbox, String key, String method, String body) throws Exception {
        return send(sandbox.gemini().baseUri() + "/models/" + method, "x-goog-api-key", key, body);
    }

    static HttpResponse<String> xai(VendorSandbox sandbox, String key, String body) throws Exception {
        return send(sandbox.xai().baseUri() + "/chat/completions", "Authorization", "Bearer " + key, body);
    }

    static HttpRequest geminiRequest(VendorSandbox sandbox, String key, String method, String body) {
        return request(sandbox.gemini().baseUri() + "/models/" + method, "x-goog-api-key", key, body);
    }

    static HttpRequest xaiRequest(VendorSandbox sandbox, String key, String body) {
        return request(sandbox.xai().baseUri() + "/chat/completions", "Authorization", "Bearer " + key, body);
    }

    static HttpResponse<String> get(URI uri, String header, String value) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).header(header, value).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest request(String uri, String header, String value, String body) {
        return HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    static HttpResponse<String> send(String uri, String header, String value, String body)
            throws IOException, InterruptedException {
        return HTTP.send(request(uri, header, value, body), HttpResponse.BodyHandlers.ofString());
    }
}
