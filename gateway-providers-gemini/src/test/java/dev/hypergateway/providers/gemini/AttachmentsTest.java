package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.MediaFetcher;
import dev.hypergateway.transport.Timeouts;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures and films that a request only points to. */
class AttachmentsTest {
    private static final String ANSWER =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\"STOP\"}]}";

    private final LoopbackGemini gemini = new LoopbackGemini();
    private final LoopbackServer elsewhere = new LoopbackServer()
            .always("/cat.png", picture("image/png", Media.decoded(Media.PNG)))
            .always("/unlabelled", picture("application/octet-stream", Media.decoded(Media.PNG)))
            .always("/moved", Answer.of(302, "text/plain", "").with("Location", "/cat.png"))
            .always("/inward", Answer.of(302, "text/plain", "").with("Location", "http://10.1.2.3/secret"))
            .always("/page", Answer.of(200, "text/html", "<html>A cat.</html>"))
            .always("/cat.gif", picture("image/gif", Media.decoded(Media.GIF)))
            .always("/film.mp4", picture("video/mp4", new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2'
            }));

    @AfterEach
    void stop() {
        gemini.close();
        elsewhere.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cat.png", "/unlabelled", "/moved"})
    void fetches_a_picture_and_hands_over_its_bytes_under_their_true_type(String path) {
        gemini.json(200, ANSWER);

        provider(MediaFetcher.allowing(InetAddress::isLoopbackAddress))
                .chat(ask(Part.image(url(path))), gemini.call(Drafts.MODEL));

        assertThat(gemini.asked().json().at("/contents/0/parts/0"))
                .isEqualTo(Json.of("{'inlineData': {'mimeType': 'image/png', 'data': '" + Media.PNG + "'}}"));
    }

    @Test
    void fetches_films() {
        gemini.json(200, ANSWER);
        Part film =
                new Part.Other("video_url", Map.of("type", "video_url", "video_url", Map.of("url", url("/film.mp4"))));

        provider(MediaFetcher.allowing(InetAddress::isLoopbackAddress)).chat(ask(film), gemini.call(Drafts.MODEL));

        assertThat(gemini.asked()
                        .json()
                        .at("/contents/0/parts/0/inlineData/mimeType")
                        .asText())
                .isEqualTo("video/mp4");
    }

    @Test
    void fetches_the_picture_that_a_tool_points_to() {
        gemini.json(200, ANSWER);
        ChatRequest request = ChatRequest.builder()
                .model("google/gemini-3-flash-preview")
                .user("?")
                .message(Message.Assistant.builder()
                        .toolCalls(List.of(new ToolCall("a", "shot", "{}")))
                        .build())
                .message(new Message.ToolResult("a", List.of(Part.image(url("/cat.png"))), Map.of()))
                .build();

        provider(MediaFetcher.allowing(InetAddress::isLoopbackAddress))
                .chat(request, gemini.call("gemini-3-flash-preview"));

        JsonNode response = gemini.asked().json().at("/contents/2/parts/0/functionResponse");
        assertThat(response.at("/parts/0/inlineData/data").asText()).isEqualTo(Media.PNG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page", "/cat.gif", "/nothing", "/inward"})
    void names_the_field_of_what_is_no_picture_or_cannot_be_had_and_asks_nobody(String path) {
        Failure failure = refused(MediaFetcher.allowing(InetAddress::isLoopbackAddress), url(path));

        assertThat(failure.message()).doesNotContain(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/cat.png",
                "http://localhost/cat.png",
                "http://169.254.169.254/latest/meta-data",
                "http://192.168.0.1/cat.png",
                "http://[::1]/cat.png",
                "ftp://example.com/cat.png",
                "file:///etc/passwd",
                "cat.png",
                "https://no-such-host.invalid/cat.png"
            })
    void fetches_nothing_but_http_from_the_open_internet(String url) {
        refused(MediaFetcher.publicOnly(), url);
    }

    @Test
    void says_so_when_the_call_is_cancelled_while_a_picture_is_fetched() {
        Cancellation cancellation = new Cancellation();
        AttemptControl control = new AttemptControl(Timeouts.DEFAULTS, Duration.ofMinutes(1), cancellation);
        MediaFetcher fetcher = MediaFetcher.allowing(address -> {
            cancellation.cancel();
            return address.isLoopbackAddress();
        });

        ProviderException e = catchThrowableOfType(
                ProviderException.class,
                () -> provider(fetcher).chat(ask(Part.image(url("/cat.png"))), gemini.call(Drafts.MODEL, control)));

        assertThat(e.failure().kind()).isEqualTo(FailureKind.CANCELLED);
    }

    private Failure refused(MediaFetcher fetcher, String url) {
        ChatRequest request = ask(Part.text("Look:"), Part.image(url));
        GeminiProvider provider = provider(fetcher);

        Failure failure = catchThrowableOfType(
                        ProviderException.class, () -> provider.chat(request, gemini.call(Drafts.MODEL)))
                .failure();
        Failure streamed = catchThrowableOfType(
                        ProviderException.class, () -> provider.stream(request, gemini.call(Drafts.MODEL)))
                .failure();

        assertThat(List.of(failure, streamed)).allSatisfy(one -> {
            assertThat(one.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
            assertThat(one.param()).contains("messages[0].content[1].image_url");
        });
        assertThat(gemini.timesAsked()).isZero();
        return failure;
    }

    private static GeminiProvider provider(MediaFetcher fetcher) {
        return new GeminiProvider(
                Clock.systemUTC(), () -> "call_1", fetcher, wait -> CompletableFuture.completedFuture(null));
    }

    private static ChatRequest ask(Part... parts) {
        return ChatRequest.builder()
                .model("google/gemini-2.5-flash")
                .message(Message.user(parts))
                .build();
    }

    private String url(String path) {
        return elsewhere.address(path).toString();
    }

    private static Answer picture(String type, byte[] content) {
        return new Answer(200, Map.of("content-type", List.of(type)), content, false);
    }
}
