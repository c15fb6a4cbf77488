package dev.hypergateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFormatTest {
    @ParameterizedTest
    @CsvSource({"jpeg, JPEG", "png, PNG", "gif, GIF", "bmp, BMP", "tiff, TIFF"})
    void tells_the_format_of_what_java_writes(String name, PictureFormat expected) throws Exception {
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new java.awt.image.BufferedImage(3, 2, 5), name, picture))
                .isTrue();

        byte[] head = Arrays.copyOf(picture.toByteArray(), PictureFormat.HEAD);

        assertThat(PictureFormat.of(head)).contains(expected);
        assertThat(expected.mimeType()).isEqualTo("image/" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "524946462400000057454250, WEBP",
        "00000018667479706865696300000000, HEIC",
        "0000001c667479706d69663100000000, HEIF",
        "0000001c667479706176696600000000, AVIF"
    })
    void tells_formats_that_java_does_not_write(String hex, PictureFormat expected) {
        assertThat(PictureFormat.of(HexFormat.of().parseHex(hex))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"''", "%PDF-1.7", "<html></html>", "RIFF....WAVE", "....ftypmp42", "RI"})
    void knows_no_format_of_what_is_no_picture(String content) {
        assertThat(PictureFormat.of(content.getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
    }

    @Test
    void needs_no_more_than_the_head() {
        byte[] longest = HexFormat.of().parseHex("00000018667479706865696300000000");

        assertThat(longest).hasSize(PictureFormat.HEAD);
    }
}
