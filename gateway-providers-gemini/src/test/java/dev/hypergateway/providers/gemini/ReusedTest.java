package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReusedTest {
    private static final FileStore.Id FILE = new FileStore.Id(URI.create("https://x"), 1, "k", "image/png", "c");
    private static final GeminiModelName MODEL = GeminiModelName.of("gemini-3-flash-preview");

    private final Clock clock = Clock.systemUTC();
    private final FileStore files = new FileStore(clock);
    private final SignatureStore signatures = new SignatureStore(clock, 10_000);
    private final Reused reused = new Reused(files, signatures);

    ReusedTest() {
        files.put(
                FILE,
                new UploadedFile("files/a", "u", "image/png", clock.instant().plus(Duration.ofHours(40))));
        signatures.keep("call_1", new SignatureStore.Kept(MODEL.id(), "SIG", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403|You do not have permission to access the File abc or it may not exist.",
                "400|The File abc is not in an ACTIVE state and usage is not allowed.",
                "404|File abc not found.",
                "400|Invalid or unsupported file uri: https://x/v1beta/files/abc"
            })
    void forgets_a_file_that_Google_no_longer_has_and_asks_for_another_try(int status, String words) {
        reused.file(FILE);

        Failure failure = reused.judge(refusal(status, words)).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.TOKEN_EXPIRED);
        assertThat(failure.message()).isEqualTo(words);
        assertThat(files.find(FILE)).isNull();
        assertThat(signatures.find("call_1", MODEL)).isNotNull();
    }

    @Test
    void takes_something_that_is_not_found_for_a_file_unless_it_is_a_model() {
        reused.file(FILE);
        ProviderException model = notFound("models/gemini-9 is not found for API version v1beta");

        assertThat(reused.judge(model)).isSameAs(model);
        assertThat(reused.judge(notFound("Requested entity was not found."))
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.TOKEN_EXPIRED);
        assertThat(files.find(FILE)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Corrupted thought signature.",
                "Function call is missing a thought_signature in functionCall parts."
            })
    void forgets_signatures_that_Google_does_not_take(String words) {
        reused.signature("call_1");

        assertThat(reused.judge(refusal(400, words)).failure().kind()).isEqualTo(FailureKind.TOKEN_EXPIRED);
        assertThat(signatures.find("call_1", MODEL)).isNull();
        assertThat(files.find(FILE)).isNotNull();
    }

    @Test
    void leaves_the_callers_own_files_and_signatures_to_the_caller() {
        for (ProviderException refusal : new ProviderException[] {
            refusal(403, "You do not have permission to access the File abc or it may not exist."),
            refusal(400, "Corrupted thought signature.")
        }) {
            assertThat(reused.judge(refusal)).isSameAs(refusal);
        }
    }

    @Test
    void leaves_every_other_failure_as_it_is() {
        reused.file(FILE);
        reused.signature("call_1");

        for (ProviderException other : new ProviderException[] {
            refusal(400, "Provided image is not valid."),
            new ProviderException(Failure.of(FailureKind.INVALID_REQUEST, "no file here, and no thought signature")),
            new ProviderException(Failure.builder(FailureKind.UNAVAILABLE, "access the file")
                    .httpStatus(503)
                    .build())
        }) {
            assertThat(reused.judge(other)).isSameAs(other);
        }
        assertThat(files.find(FILE)).isNotNull();
    }

    private static ProviderException notFound(String words) {
        return new ProviderException(Failure.builder(FailureKind.MODEL_UNAVAILABLE, words)
                .httpStatus(404)
                .build());
    }

    private static ProviderException refusal(int status, String words) {
        return new ProviderException(Failure.builder(FailureKind.INVALID_REQUEST, words)
                .httpStatus(status)
                .build());
    }
}
