package dev.hypergateway.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
    private static final String TYPE = "multipart/form-data; boundary=bound";
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

    @Test
    void reads_fields_and_files_as_they_came() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, (byte) 0xff, '-', '-'};
        byte[] body = joined(
                "--bound\r\n" + field("prompt", "Was steht da? ä")
                        + "--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                        + "Content-Type: Image/PNG; x=y\r\nX-Other: 1\r\n\r\n",
                picture,
                "\r\n--bound--\r\n");

        MultipartForm form = read(TYPE, body);

        assertThat(form.text("prompt")).contains("Was steht da? ä");
        assertThat(form.file("file")).hasValueSatisfying(file -> {
            assertThat(file.filename()).isEqualTo("a.png");
            assertThat(file.contentType()).isEqualTo("image/png");
            assertThat(file.content()).isEqualTo(picture);
        });
        assertThat(form.text("model")).isEmpty();
        assertThat(form.file("other")).isEmpty();
    }

    @Test
    void text_around_the_form_and_blanks_behind_a_boundary_do_not_count() {
        String body = "This is a preamble.\r\n--boundary is not ours\r\n--bound \t\r\n" + field("a", "1")
                + "--bound--  and what stands here\r\n--bound\r\n" + field("b", "2") + "--bound--";

        MultipartForm form = read(TYPE, body);

        assertThat(form.text("a")).contains("1");
        assertThat(form.parts()).hasSize(1);
    }

    @Test
    void a_value_may_be_empty_and_may_look_like_a_boundary() {
        String value = "\r\n--boun\r\n--boundd\r\n--\r\n-\r\r\n\r\n\r\n--bound.\r\nx--bound\r\n";
        String body = "--bound\r\n" + field("empty", "") + "--bound\r\n" + field("odd", value) + "--bound--";

        MultipartForm form = read(TYPE, body);

        assertThat(form.text("empty")).contains("");
        assertThat(form.text("odd")).contains(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filename=\"a.png\"                                  | a.png",
                "filename=plain.png                                  | plain.png",
                "filename=\"Grüße \uD83D\uDE00.png\"                 | Grüße \uD83D\uDE00.png",
                "filename=\"a \\\"quoted\\\" name;.png\"             | a \"quoted\" name;.png",
                "filename=\"C:\\dir\\a.png\"                         | C:\\dir\\a.png",
                "filename=\"a\\\\b.png\"                             | a\\b.png",
                "filename=\"x.png\"; filename*=UTF-8''%E2%82%AC.png  | €.png",
                "filename*=UTF-8'de'na%20me.png; filename=\"x.png\"  | na me.png",
                "filename*=iso-8859-1'en'%A3.png                     | £.png",
                "filename=\"x.png\"; filename*=UTF-8''%ff            | x.png",
                "filename=\"x.png\"; filename*=UTF-8''%4             | x.png",
                "filename=\"x.png\"; filename*=KOI8-R''%41           | x.png",
                "filename=\"x.png\"; filename*=nonsense              | x.png",
                "filename=\"a%22b%0D%0A.png\"                        | a%22b%0D%0A.png",
                "filename*=UTF-8''a%0D%0A%00b.png                    | ab.png"
            })
    void the_name_of_a_file_is_read_in_every_way_that_clients_write_it(String parameter, String name) {
        String body =
                "--bound\r\nContent-Disposition: form-data; name=\"file\"; " + parameter + "\r\n\r\nx\r\n--bound--";

        assertThat(read(TYPE, body).file("file"))
                .hasValueSatisfying(file -> assertThat(file.filename()).isEqualTo(name));
    }

    @Test
    void a_name_in_latin_1_is_readable() {
        byte[] body =
                "--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ü.png\"\r\n\r\nx\r\n--bound--"
                        .getBytes(ISO_8859_1);

        assertThat(read(TYPE, body).file("file"))
                .hasValueSatisfying(file -> assertThat(file.filename()).isEqualTo("ü.png"));
    }

    @Test
    void a_file_that_was_left_blank_is_no_file() {
        String body = "--bound\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n\r\n--bound--";

        assertThat(read(TYPE, body).file("file")).isEmpty();
    }

    @Test
    void another_body_has_no_fields() {
        assertThat(read("application/json", "{}").parts()).isEmpty();
        assertThat(MultipartReader.read(null, new byte[0]).parts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=\"a",
                "multipart/form-data; boundary=a; boundary=b",
                "multipart/form-data; boundary=\"ends with a blank \"",
                "multipart/form-data; boundary=\"ä\"",
                "multipart/form-data-x; boundary=bound",
                "multipart/form-data; boundary=123456789012345678901234567890123456789012345678901234567890123456789012"
            })
    void a_content_type_without_a_boundary_is_refused(String type) {
        assertRefused(type, "--bound\r\n" + field("a", "1") + "--bound--", "Content-Type names no boundary");
    }

    @Test
    void a_boundary_may_be_quoted_and_have_seventy_characters() {
        String boundary = "x y'()+_,-./:=?" + "z".repeat(55);

        assertThat(read(
                                "Multipart/Form-Data;charset=utf-8; Boundary=\"" + boundary + "\"",
                                "--" + boundary + "\r\n" + field("a", "1") + "--" + boundary + "--")
                        .text("a"))
                .contains("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                          | nowhere in the body",
                "--other~~                                                                   | nowhere in the body",
                "--bound~~Content-Disposition: form-data; name=a~~~~1                        | without the final boundary",
                "--bound~~Content-Disposition: form-data; name=a~~~~1~~--bound               | without the final boundary",
                "--bound~~Content-Disposition: form-data; name=a~~~~1~~--bound-              | without the final boundary",
                "--bound~~--bound--                                                          | no empty line",
                "--bound~~~~value~~--bound--                                                 | no name",
                "--bound~~Content-Disposition: form-data; name=a~~--bound--                  | no empty line",
                "--bound~~Content-Disposition: form-data~~~~1~~--bound--                     | no name",
                "--bound~~Content-Disposition: attachment; name=a~~~~1~~--bound--            | no name",
                "--bound~~Content-Disposition: form-data; name=\"a~~~~1~~--bound--           | no name",
                "--bound~~Content-Disposition: form-data; name=a; name=b~~~~1~~--bound--     | no name",
                "--bound~~Content-Disposition: form-data; name=a b~~~~1~~--bound--           | no name",
                "--bound~~Content-Disposition: form-data; name=a~~Content-Disposition: form-data; name=b~~~~1~~--bound-- | two headers",
                "--bound~~Content-Disposition: form-data; name=a~~no colon~~~~1~~--bound--   | without a name",
                "--bound~~Content-Disposition: form-data; name=a~~: x~~~~1~~--bound--        | without a name",
                "--bound~~Content-Disposition: form-data; name=a~~Content-Transfer-Encoding: base64~~~~MQ==~~--bound-- | Content-Transfer-Encoding",
                "--bound~~Content-Disposition: form-data; name=a^1b~~~~1~~--bound--          | control characters",
                "--bound~~Content-Disposition: form-data;^2 name=a~~~~1~~--bound--           | control characters"
            })
    void a_malformed_body_is_refused_with_the_reason(String body, String reason) {
        assertRefused(TYPE, body.replace("~~", "\r\n").replace("^1", "\u0001").replace("^2", "\n"), reason);
    }

    @Test
    void a_huge_head_and_too_many_fields_are_refused() {
        String disposition = "Content-Disposition: form-data; name=a\r\n";
        assertRefused(
                TYPE, "--bound\r\n" + disposition + "X: " + "x".repeat(9000) + "\r\n\r\n1\r\n--bound--", "8192 bytes");
        assertRefused(TYPE, "--bound\r\n" + disposition + "x".repeat(1_000_000) + "\r\n--bound--", "8192 bytes");
        assertRefused(TYPE, ("--bound\r\n" + field("a", "1")).repeat(65) + "--bound--", "64 fields");
        assertThat(read(TYPE, ("--bound\r\n" + field("a", "1")).repeat(64) + "--bound--")
                        .parts())
                .hasSize(64);
    }

    @Test
    void a_field_that_comes_twice_or_is_no_text_is_named() {
        MultipartForm twice = read(TYPE, ("--bound\r\n" + field("a", "1")).repeat(2) + "--bound--");
        assertThatThrownBy(() -> twice.text("a"))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("a"));

        MultipartForm binary = read(
                TYPE,
                joined(
                        "--bound\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
                        new byte[] {(byte) 0xc3},
                        "\r\n--bound--"));
        assertThatThrownBy(() -> binary.text("a")).isInstanceOf(InvalidField.class);
    }

    /** Whatever stands in the values, they come out as they went in: pieces of boundaries above all. */
    @Test
    void random_values_survive() {
        Random random = new Random(SEED);
        byte[] alphabet = "\r\n\r\n---- bound:a\0\u00ff".getBytes(ISO_8859_1);
        for (int round = 0; round < 3_000; round++) {
            byte[][] values = new byte[random.nextInt(4)][];
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int i = 0; i < values.length; i++) {
                values[i] = randomValue(random, alphabet);
                body.writeBytes(
                        ("--bound\r\nContent-Disposition: form-data; name=\"f" + i + "\"; filename=\"x\"\r\n\r\n")
                                .getBytes(UTF_8));
                body.writeBytes(values[i]);
                body.writeBytes("\r\n".getBytes(UTF_8));
            }
            body.writeBytes("--bound--\r\n".getBytes(UTF_8));

            MultipartForm form = read(TYPE, body.toByteArray());

            assertThat(form.parts()).as("seed %d round %d", SEED, round).hasSize(values.length);
            for (int i = 0; i < values.length; i++) {
                assertThat(form.parts().get(i).content())
                        .as("seed %d round %d field %d", SEED, round, i)
                        .isEqualTo(values[i]);
            }
        }
    }

    /** Cut at every byte and with every byte changed: fields or a 400, never anything else. */
    @Test
    void a_damaged_body_is_read_or_refused_but_never_breaks_the_reader() {
        byte[] good = ("pre\r\n--bound\r\n" + field("a", "1\r\n--boun") + "--bound \r\n" + field("b", "")
                        + "--bound--\r\nafter")
                .getBytes(UTF_8);
        Random random = new Random(SEED);
        IntStream.rangeClosed(0, good.length).forEach(cut -> assertReadOrRefused(Arrays.copyOf(good, cut)));
        for (int i = 0; i < good.length; i++) {
            for (int value : new int[] {0, '\r', '\n', '-', ' ', '"', ';', 255, random.nextInt(256)}) {
                byte[] damaged = good.clone();
                damaged[i] = (byte) value;
                assertReadOrRefused(damaged);
            }
        }
        byte[] alphabet =
                "--bound\r\n\r\nContent-Disposition: form-data; name=\"a\"; filename*=UTF-8''%41".getBytes(UTF_8);
        for (int round = 0; round < 3_000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = alphabet[random.nextInt(alphabet.length)];
            }
            assertReadOrRefused(noise);
            assertReadOrRefused(joined("--bound\r\nContent-Disposition: ", noise, "\r\n\r\n1\r\n--bound--"));
        }
    }

    private static void assertReadOrRefused(byte[] body) {
        try {
            MultipartForm form = read(TYPE, body);
            assertThat(form.parts()).allSatisfy(part -> assertThat(part.name()).isNotNull());
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + SEED + ", body " + new String(body, ISO_8859_1), e);
        }
    }

    private static byte[] randomValue(Random random, byte[] alphabet) {
        while (true) {
            byte[] value = new byte[random.nextInt(40)];
            for (int i = 0; i < value.length; i++) {
                value[i] = alphabet[random.nextInt(alphabet.length)];
            }
            String text = "\r\n" + new String(value, ISO_8859_1) + "\r\n";
            if (!text.matches("(?s).*\\r\\n--bound([ \\t]*\\r\\n|--).*")) {
                return value;
            }
        }
    }

    private static void assertRefused(String type, String body, String reason) {
        assertThatThrownBy(() -> read(type, body)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.text()).contains(reason);
        });
    }

    private static String field(String name, String value) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static byte[] joined(String before, byte[] middle, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(UTF_8));
        out.writeBytes(middle);
        out.writeBytes(after.getBytes(UTF_8));
        return out.toByteArray();
    }

    private static MultipartForm read(String type, String body) {
        return read(type, body.getBytes(UTF_8));
    }

    private static MultipartForm read(String type, byte[] body) {
        return MultipartReader.read(type, body);
    }
}
