package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongStringsTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final String PICTURE = "QUJD/+09".repeat(2000);

    @Test
    void reads_long_strings_wherever_they_stand() {
        byte[] json = bytes(
                "{\"a\":\"" + PICTURE + "\",\"b\":[\"x\",\"" + PICTURE + "y\"],\"c\":{\"d\":\"\\\"" + PICTURE + "\"}}");

        assertThat(JsonInput.object(json))
                .isEqualTo(Map.of("a", PICTURE, "b", List.of("x", PICTURE + "y"), "c", Map.of("d", "\"" + PICTURE)));
    }

    @Test
    void writes_long_strings_as_they_are() throws IOException {
        Map<String, Object> value = Map.of("a", PICTURE, "b", List.of(PICTURE + "\n", "é" + PICTURE, PICTURE + "z"));

        assertThat(JACKSON.readValue(JsonOutput.toBytes(value), Object.class)).isEqualTo(value);
    }

    @Test
    void reads_and_writes_whatever_there_is() throws IOException {
        Random random = new Random(5);
        String[] pieces = {PICTURE, "\"", "\\", "\n", "ё", "😀", "\u0001", ":", "{", "]", "\\\"", " ", "a"};
        for (int i = 0; i < 300; i++) {
            String text = text(random, pieces);
            String name = text(random, pieces);
            Map<String, Object> value = Map.of(name, List.of(text, Map.of("k", text(random, pieces))));

            assertThat(JACKSON.readValue(JsonOutput.toBytes(value), Object.class))
                    .as("%d", i)
                    .isEqualTo(value);
            assertThat(JsonInput.object(JsonOutput.toBytes(value))).as("%d", i).isEqualTo(value);
        }
    }

    @Test
    void tells_the_place_of_a_mistake_behind_a_long_string() {
        byte[] json = bytes("{\"a\":\"" + PICTURE + "\",\n\"b\":}");

        assertThatThrownBy(() -> JsonInput.strictObject(json)).hasMessageContaining("line 2, column 5");
    }

    @Test
    void tells_the_column_of_a_mistake_in_the_line_of_a_long_string() {
        byte[] json = bytes("{\"a\":\"" + PICTURE + "\",\"b\":}");

        assertThatThrownBy(() -> JsonInput.strictObject(json)).hasMessageContaining("line 1, column " + json.length);
    }

    @Test
    void a_document_that_ends_within_a_string_is_a_mistake() {
        for (String end : List.of("", "\\", "\\\"", "é")) {
            assertThatThrownBy(() -> JsonInput.object(bytes("{\"a\":\"" + PICTURE + end)))
                    .as(end)
                    .isInstanceOf(OpenAiFormatException.class);
        }
    }

    private static String text(Random random, String[] pieces) {
        StringBuilder text = new StringBuilder();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
