package dev.hypergateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void ends_at_each_byte_that_is_not_plain_wherever_it_stands() {
        for (int value = 0; value < 256; value++) {
            boolean plain = value >= ' ' && value < 0x80 && value != '"' && value != '\\';
            for (int place = 0; place < 20; place++) {
                byte[] bytes = new byte[20];
                Arrays.fill(bytes, (byte) '!');
                bytes[place] = (byte) value;

                assertThat(PlainText.end(bytes, 0, bytes.length))
                        .as("byte %d at %d", value, place)
                        .isEqualTo(plain ? bytes.length : place);
            }
        }
    }

    @Test
    void looks_at_nothing_outside_of_its_bounds() {
        byte[] bytes = "\"\"\"plain text of some length\"\"\"".getBytes(StandardCharsets.US_ASCII);

        assertThat(PlainText.end(bytes, 3, bytes.length - 3)).isEqualTo(bytes.length - 3);
        assertThat(PlainText.end(bytes, 3, bytes.length)).isEqualTo(bytes.length - 3);
    }

    @Test
    void gives_the_bytes_of_plain_text_only() {
        assertThat(PlainText.bytes("plain")).isEqualTo("plain".getBytes(StandardCharsets.US_ASCII));
        assertThat(PlainText.bytes("not plain: é")).isNull();
        assertThat(PlainText.bytes("not\nplain")).isNull();
    }
}
