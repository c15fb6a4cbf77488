package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sandbox's Files API, and its likeness to recorded exchanges. */
class GeminiFilesTest {
    private final VendorSandbox sandbox = VendorSandbox.start();
    private final GeminiServer gemini = sandbox.gemini();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void both_steps_of_an_upload_have_the_recorded_shape() throws Exception {
        HttpResponse<String> started = start("key-a", 6);
        HttpResponse<String> finished = finish(started, "a film");

        assertThat(started.statusCode()).isEqualTo(200);
        assertThat(started.body()).isEmpty();
        assertThat(headers(started)).contains("x-goog-upload-url", "x-goog-upload-status", "x-guploader-uploadid");
        assertThat(Recorded.headerNames("gemini/files-upload-start")).containsAll(headers(started));
        assertThat(Shape.of(finished.body()))
                .isEqualTo(Shape.of(
                        Recorded.response("gemini/files-upload-finalize").path("body")));
        assertThat(gemini.files()).singleElement().satisfies(file -> {
            assertThat(file.key()).isEqualTo("key-a");
            assertThat(file.mimeType()).isEqualTo("video/mp4");
            assertThat(new String(file.content(), StandardCharsets.UTF_8)).isEqualTo("a film");
        });
    }

    @Test
    void a_file_is_there_only_for_the_key_that_uploaded_it() throws Exception {
        JsonNode file = Shape.parse(finish(start("key-a", 6), "a film").body()).path("file");

        assertThat(use("key-a", file).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = use("key-b", file);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("You do not have permission to access the File");
        assertThat(look("key-b", file).statusCode()).isEqualTo(403);
    }

    @Test
    void a_file_can_be_used_when_it_is_processed_and_until_it_is_deleted() throws Exception {
        gemini.processFiles(1);
        JsonNode file = Shape.parse(finish(start("key-a", 6), "a film").body()).path("file");

        assertThat(file.path("state").asText()).isEqualTo("PROCESSING");
        assertThat(use("key-a", file).body()).contains("is not in an ACTIVE state", "FAILED_PRECONDITION");
        assertThat(state(look("key-a", file))).isEqualTo("PROCESSING");
        assertThat(state(look("key-a", file))).isEqualTo("ACTIVE");
        assertThat(use("key-a", file).statusCode()).isEqualTo(200);

        gemini.dropFiles();
        assertThat(use("key-a", file).statusCode()).isEqualTo(403);
    }

    @Test
    void processing_fails_when_it_is_told_to() throws Exception {
        gemini.failFiles("Unsupported codec.");

        JsonNode file = Shape.parse(finish(start("key-a", 6), "a film").body()).path("file");

        assertThat(file.path("state").asText()).isEqualTo("FAILED");
        assertThat(file.at("/error/message").asText()).isEqualTo("Unsupported codec.");
    }

    @Test
    void an_upload_of_another_length_than_announced_is_refused() throws Exception {
        assertThat(finish(start("key-a", 5), "a film").statusCode()).isEqualTo(400);
        assertThat(gemini.files()).isEmpty();
    }

    @Test
    void a_request_of_more_than_20_MB_is_refused() throws Exception {
        HttpResponse<String> refused =
                Client.gemini(sandbox, "k", Bodies.GEMINI_WHOLE, Bodies.gemini("x".repeat(20 << 20)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Request payload size exceeds the limit: 20971520 bytes.");
    }

    private HttpResponse<String> start(String key, int length) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gemini.baseUri().resolve("/upload/v1beta/files"))
                .header("x-goog-api-key", key)
                .header("X-Goog-Upload-Protocol", "resumable")
                .header("X-Goog-Upload-Command", "start")
                .header("X-Goog-Upload-Header-Content-Length", String.valueOf(length))
                .header("X-Goog-Upload-Header-Content-Type", "video/mp4")
                .POST(BodyPublishers.ofString("{\"file\":{\"display_name\":\"a.mp4\"}}"))
                .build();
        return Client.HTTP.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> finish(HttpResponse<String> started, String content) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        started.headers().firstValue("X-Goog-Upload-URL").orElseThrow()))
                .header("X-Goog-Upload-Offset", "0")
                .header("X-Goog-Upload-Command", "upload, finalize")
                .POST(BodyPublishers.ofString(content))
                .build();
        return Client.HTTP.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> look(String key, JsonNode file) throws Exception {
        return Client.get(URI.create(file.path("uri").asText()), "x-goog-api-key", key);
    }

    private HttpResponse<String> use(String key, JsonNode file) throws Exception {
        String body =
                "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"},{\"fileData\":{\"mimeType\":\"video/mp4\",\"fileUri\":\""
                        + file.path("uri").asText() + "\"}}]}]}";
        return Client.gemini(sandbox, key, Bodies.GEMINI_WHOLE, body);
    }

    private static String state(HttpResponse<String> looked) {
        return Shape.parse(looked.body()).path("state").asText();
    }

    private static Set<String> headers(HttpResponse<String> response) {
        Set<String> names = new TreeSet<>(response.headers().map().keySet());
        names.remove("connection");
        return names;
    }
}
