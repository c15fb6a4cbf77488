package dev.hypergateway.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GeneratedImageTest {

    @Test
    void gives_out_the_bytes() {
        GeneratedImage image =
                GeneratedImage.builder().base64("AQID").mimeType("image/png").build();

        assertThat(image.bytes().orElseThrow()).containsExactly(1, 2, 3);
        assertThat(image.url()).isEmpty();
        assertThat(image.toString()).doesNotContain("AQID");
    }

    @Test
    void has_an_address_or_the_picture() {
        assertThat(GeneratedImage.builder()
                        .url("https://x.example/1.png")
                        .build()
                        .bytes())
                .isEmpty();
        assertThatThrownBy(() -> GeneratedImage.builder().build()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void says_when_the_vendors_base64_is_broken() {
        GeneratedImage broken = GeneratedImage.builder().base64("%%%").build();

        assertThatThrownBy(broken::bytes).hasMessageContaining("base64").hasMessageContaining("ask again");
    }

    @Test
    void a_request_does_not_show_its_prompt() {
        ImageRequest request =
                ImageRequest.builder().model("m").prompt("secret words").n(2).build();

        assertThat(request.toString()).isEqualTo("ImageRequest[model=m, n=2]");
        assertThat(request.toBuilder().build().prompt()).isEqualTo("secret words");
    }
}
