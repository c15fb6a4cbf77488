package dev.hypergateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    @Test
    void shows_its_last_four_characters_only_when_that_gives_nothing_away() {
        assertThat(Secret.of("xai-0123456789abcdef")).hasToString("****cdef");
        assertThat(Secret.of("short")).hasToString("****");
    }

    @Test
    void drops_white_space_around_the_value() {
        assertThat(Secret.of("  key-1 \n").reveal()).isEqualTo("key-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "canary cage", "canary\ncage", "канарейка"})
    void refuses_what_cannot_be_a_key_without_repeating_it(String value) {
        assertThatThrownBy(() -> Secret.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary")
                .hasMessageNotContaining("канарейка");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad key abcdefghij-klmnop here | bad key **** here",
                "key abcdefghij… | key ****…",
                "ends in -klmnop. | ends in ****.",
                "Incorrect API key provided: ab***op. | Incorrect API key provided: ****.",
                "token Bearer eyJhbGciOi.abc was refused | token **** was refused",
                "GET /x?key=AIzaSyA0123456789 HTTP | GET /**** HTTP",
                "pplx-0123456789abcdef and xai-0123456789 and sk-live_0123456789 | **** and **** and ****",
                "pplx-embed-v1-0.6b refused pplx-embed0123456789abcdef | pplx-embed-v1-0.6b refused ****",
                "nothing to hide * here | nothing to hide * here"
            })
    void a_redacted_text_holds_no_key_and_no_piece_of_one(String text, String redacted) {
        assertThat(Redactor.redact(text, Secret.of("abcdefghij-klmnop"))).isEqualTo(redacted);
    }

    @Test
    void a_run_of_zeros_at_the_end_of_a_key_does_not_blacken_numbers() {
        assertThat(Redactor.redact("limit: 1000000 tokens", Secret.of("demo-key-0000000")))
                .isEqualTo("limit: 1000000 tokens");
    }
}
