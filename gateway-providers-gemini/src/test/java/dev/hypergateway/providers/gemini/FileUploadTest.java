package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Timeouts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileUploadTest {
    private static final byte[] CONTENT = "a film".getBytes(StandardCharsets.UTF_8);

    private final LoopbackGemini gemini = new LoopbackGemini();
    private final List<Duration> waits = new ArrayList<>();

    @AfterEach
    void stop() {
        gemini.close();
    }

    @Test
    void starts_sends_and_looks_until_the_file_can_be_used() {
        start().json(200, file("PROCESSING")).json(200, bare("PROCESSING")).json(200, bare("ACTIVE"));

        UploadedFile file = upload();

        assertThat(file)
                .isEqualTo(new UploadedFile(
                        "files/f1", "https://x/v1beta/files/f1", "video/mp4", Instant.parse("2026-08-21T00:00:00Z")));
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(gemini.asked().uri()).hasToString("/upload/v1beta/files");
        assertThat(gemini.asked().body()).isEqualTo("a film");
        assertThat(gemini.asked().uri()).hasToString("/v1beta/files/f1");
    }

    @Test
    void shows_the_key_to_the_api_and_not_to_the_address_of_the_upload() {
        start().json(200, file("ACTIVE"));

        upload();

        assertThat(gemini.asked().header("x-goog-api-key")).isEqualTo(LoopbackGemini.KEY);
        assertThat(gemini.asked().headers().toString()).doesNotContain(LoopbackGemini.KEY);
    }

    @Test
    void takes_two_days_for_granted_where_Google_does_not_say_how_long_a_file_stays() {
        start().json(200, file("ACTIVE").replace("expirationTime", "other"));

        assertThat(upload().expires()).isEqualTo("1970-01-03T00:00:00Z");
    }

    @Test
    void names_the_field_of_a_file_that_cannot_be_processed_with_Googles_reason() {
        start().json(
                        200,
                        file("FAILED")
                                .replace(
                                        "\"state\"",
                                        "\"error\":{\"code\":3,\"message\":\"No video stream.\"},\"state\""));

        Failure failure = failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.param()).contains("messages[0].content[1].file");
        assertThat(failure.message()).isEqualTo("Google could not process the file as video/mp4: No video stream.");
    }

    @ParameterizedTest
    @CsvSource({"0, CREDENTIAL_REJECTED", "1, CREDENTIAL_REJECTED", "2, CREDENTIAL_REJECTED"})
    void classifies_an_error_at_any_step_like_every_other(int step, FailureKind kind) {
        String error = ErrorTableTest.body(400, "INVALID_ARGUMENT", "API key not valid.", "[]");
        if (step == 0) {
            gemini.json(400, error);
        } else if (step == 1) {
            start().json(400, error);
        } else {
            start().json(200, file("PROCESSING")).json(400, error);
        }

        assertThat(failure().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not an address", "http://elsewhere.example/upload", "ftp://elsewhere.example/upload"})
    void sends_nothing_in_the_clear_to_wherever_an_answer_says(String address) {
        gemini.answer(Answer.of(200, "text/plain", "").with("X-Goog-Upload-URL", address));

        assertThat(failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(gemini.timesAsked()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"file\":{}}",
                "{\"file\":{\"name\":\"../models\",\"uri\":\"u\",\"state\":\"PROCESSING\"}}",
                "{}"
            })
    void takes_no_answer_without_a_proper_name(String answer) {
        start().json(200, answer);

        assertThat(failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(gemini.timesAsked()).isEqualTo(2);
    }

    @Test
    void ends_when_the_call_is_cancelled_while_it_waits() {
        start().json(200, file("PROCESSING"));
        Cancellation cancellation = new Cancellation();
        AttemptControl control = new AttemptControl(Timeouts.DEFAULTS, Duration.ofMinutes(1), cancellation);

        Failure failure = failure(control, wait -> {
            cancellation.cancel();
            return new CompletableFuture<>();
        });

        assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void waits_no_longer_than_the_attempt_may_take() {
        start().json(200, file("PROCESSING"));
        AttemptControl control = new AttemptControl(Timeouts.DEFAULTS, Duration.ofSeconds(2), new Cancellation());

        Failure failure = failure(control, wait -> new CompletableFuture<>());

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure.message()).contains("Google to process a file");
    }

    @ParameterizedTest
    @CsvSource({
        "https://generativelanguage.googleapis.com/v1beta, https://generativelanguage.googleapis.com/upload/v1beta/files",
        "https://proxy.example/gemini/v1, https://proxy.example/gemini/upload/v1/files",
        "https://proxy.example, https://proxy.example/upload/files"
    })
    void finds_the_place_for_uploads_beside_the_api(URI base, String expected) {
        assertThat(FileUpload.address(base)).hasToString(expected);
    }

    private LoopbackGemini start() {
        return gemini.answer(Answer.of(200, "text/plain", "")
                .with("X-Goog-Upload-URL", gemini.address("/upload/v1beta/files?upload_id=1")));
    }

    private static String file(String state) {
        return "{\"file\":" + bare(state) + "}";
    }

    private static String bare(String state) {
        return "{\"name\":\"files/f1\",\"uri\":\"https://x/v1beta/files/f1\",\"expirationTime\":\"2026-08-21T00:00:00Z\","
                + "\"state\":\"" + state + "\"}";
    }

    private UploadedFile upload() {
        return upload(AttemptControl.withDefaults(), wait -> {
            waits.add(wait);
            return CompletableFuture.completedFuture(null);
        });
    }

    private UploadedFile upload(AttemptControl control, Function<Duration, CompletableFuture<?>> delay) {
        GeminiApi api = new GeminiApi(gemini.call("m", control), new GeminiErrorClassifier(Clock.systemUTC()));
        return new FileUpload(api, delay).send(CONTENT, "video/mp4", "messages[0].content[1].file", Instant.EPOCH);
    }

    private Failure failure() {
        return catchThrowableOfType(ProviderException.class, this::upload).failure();
    }

    private Failure failure(AttemptControl control, Function<Duration, CompletableFuture<?>> delay) {
        return catchThrowableOfType(ProviderException.class, () -> upload(control, delay))
                .failure();
    }
}
