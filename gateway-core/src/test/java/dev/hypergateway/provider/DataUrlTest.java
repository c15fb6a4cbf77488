package dev.hypergateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataUrlTest {
    private static final String PARAM = "messages[0].content[1]";

    @Test
    void is_taken_apart_without_parameters_and_in_lower_case() {
        DataUrl url = DataUrl.parse("DATA:Image/PNG;name=a.png;base64,aGk=", PARAM);

        assertThat(url).isEqualTo(new DataUrl("image/png", "aGk="));
        assertThat(new String(url.bytes(PARAM), StandardCharsets.UTF_8)).isEqualTo("hi");
    }

    @Test
    void takes_base64_with_line_breaks() {
        assertThat(DataUrl.decode("aG\r\nk=", PARAM)).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:", "data:image/png,abc", "data:;base64,abc", "data:image/png;base64"})
    void refuses_what_is_no_base64_with_a_type(String url) {
        assertThat(DataUrl.is(url)).isTrue();
        assertThat(catchThrowableOfType(ProviderException.class, () -> DataUrl.parse(url, PARAM))
                        .failure()
                        .param())
                .contains(PARAM);
    }

    @Test
    void refuses_data_that_is_not_base64_and_does_not_show_it() {
        ProviderException refusal = catchThrowableOfType(
                ProviderException.class,
                () -> DataUrl.parse("data:image/png;base64,a", PARAM).bytes(PARAM));

        assertThat(refusal.failure().message()).isEqualTo("the data is not base64");
        assertThat(DataUrl.parse("data:image/png;base64,secret", PARAM).toString())
                .doesNotContain("secret");
    }

    @Test
    void is_not_any_other_url() {
        assertThat(DataUrl.is("https://example.com/data:")).isFalse();
    }
}
