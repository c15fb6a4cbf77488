package dev.hypergateway.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A client of the demo's gateway that knows nothing but its address and key. Not thread-safe. */
final class DemoClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DATA = "data: ";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Demo demo;

    DemoClient(Demo demo) {
        this.demo = demo;
    }

    /** Makes a call; the body is to be read with {@link #read}. */
    HttpResponse<InputStream> ask(DemoCall call) throws IOException, InterruptedException {
        return http.send(
                request("/v1/chat/completions")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(call.json()))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    /**
     * Reads an answer to its end.
     *
     * @param text gets its text, piece by piece when it is streamed, or the message of an error
     * @return whether it is whole
     */
    boolean read(HttpResponse<InputStream> response, boolean stream, Consumer<String> text) throws IOException {
        try (BufferedReader body = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                text.accept(JSON.readTree(body).at("/error/message").asText());
                return false;
            }
            if (!stream) {
                text.accept(JSON.readTree(body).at("/choices/0/message/content").asText());
                return true;
            }
            for (String line = body.readLine(); line != null; line = body.readLine()) {
                if (line.equals(DATA + "[DONE]")) {
                    return true;
                } else if (line.startsWith(DATA)) {
                    JsonNode chunk = JSON.readTree(line.substring(DATA.length()));
                    text.accept(chunk.at("/choices/0/delta/content").asText(""));
                }
            }
            return false;
        }
    }

    /** The JSON at an address of the gateway. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(http.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(demo.uri().resolve(path)).header("Authorization", "Bearer " + demo.gatewayKey());
    }
}
