package dev.hypergateway.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {
    private static final List<String> RATIOS = List.of("1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16", "19.5:9");

    @ParameterizedTest
    @CsvSource({
        "256x256, 1:1",
        "1024x1024, 1:1",
        "1536x1024, 3:2",
        "1024x1536, 2:3",
        "1792x1024, 16:9",
        "1024x1792, 9:16",
        "1280x960, 4:3",
        "2340x1080, 19.5:9"
    })
    void finds_the_shape_of_a_size(String size, String ratio) {
        assertThat(ImageSize.parse(size).orElseThrow().aspectRatio(RATIOS)).contains(ratio);
    }

    @Test
    void finds_no_shape_for_a_size_that_none_is_near() {
        assertThat(new ImageSize(1000, 100).aspectRatio(RATIOS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "auto", "1024", "1024x", "x", "0x10", "-1x1", "1024X1024", "123456x1"})
    void knows_what_is_no_size(String text) {
        assertThat(ImageSize.parse(text)).isEmpty();
    }

    @Test
    void counts_pixels() {
        assertThat(new ImageSize(99_999, 99_999).pixels()).isEqualTo(9_999_800_001L);
        assertThat(new ImageSize(3, 4)).hasToString("3x4");
        assertThatThrownBy(() -> new ImageSize(0, 4)).hasMessageContaining("0x4");
    }
}
