package dev.hypergateway.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.transport.TransportException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    @Test
    void reads_lines_that_end_in_lf_cr_or_crlf() {
        assertThat(parse("data: a\n\ndata: b\r\rdata: c\r\n\r\n")).containsExactly(data("a"), data("b"), data("c"));
    }

    @Test
    void does_not_take_crlf_for_two_line_ends() {
        assertThat(parse("data: a\r\ndata: b\r\n\r\n")).containsExactly(data("a\nb"));
    }

    @Test
    void does_not_take_crlf_for_two_line_ends_when_it_is_split() {
        SseParser parser = new SseParser();
        List<SseEvent> events = new ArrayList<>();
        for (String piece : List.of("data: a\r", "\ndata: b\r", "\n\r", "\ndata: c\r", "\r", "data: d\n\n")) {
            feed(parser, piece, events);
        }
        assertThat(events).containsExactly(data("a\nb"), data("c"), data("d"));
    }

    @Test
    void delivers_an_event_that_ends_in_cr_without_waiting_for_an_lf() {
        SseParser parser = new SseParser();
        List<SseEvent> events = new ArrayList<>();
        feed(parser, "data: a\r\r", events);
        assertThat(events).containsExactly(data("a"));
    }

    @Test
    void joins_lines_of_data_with_lf() {
        assertThat(parse("data: one\ndata:\ndata:  three \n\n")).containsExactly(data("one\n\n three "));
    }

    @Test
    void removes_one_space_after_the_colon_and_only_one() {
        assertThat(parse("data:a\n\ndata:  b\n\ndata:\tc\n\n")).containsExactly(data("a"), data(" b"), data("\tc"));
    }

    @Test
    void takes_a_field_without_colon_as_empty() {
        assertThat(parse("data\n\ndata\ndata\n\n")).containsExactly(data(""), data("\n"));
    }

    @Test
    void reads_event_and_id() {
        assertThat(parse("event: delta\nid: 7\ndata: x\n\nevent:\ndata: y\n\n"))
                .containsExactly(new SseEvent("delta", "x", "7"), data("y"));
    }

    @Test
    void keeps_event_and_id_to_their_own_event() {
        assertThat(parse("event: delta\nid: 7\n\ndata: y\n\n")).containsExactly(data("y"));
    }

    @Test
    void ignores_an_id_with_a_null_character() {
        assertThat(parse("id: 1\nid: \0\ndata: x\n\n")).containsExactly(new SseEvent(null, "x", "1"));
    }

    @Test
    void ignores_comments_retry_and_unknown_fields() {
        assertThat(parse(": ping - 2026\nretry: 10\nfoo: bar\ndatax: no\nDATA: no\n data: no\ndata: x\n:\n\n"))
                .containsExactly(data("x"));
    }

    @Test
    void delivers_nothing_for_an_event_without_data() {
        assertThat(parse("event: ping\n\n\n\n: c\n\n")).isEmpty();
    }

    @Test
    void skips_a_byte_order_mark_at_the_beginning_only() {
        assertThat(parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly(data("a"));
        assertThat(parseByteByByte("\uFEFFdata: a\n\n")).containsExactly(data("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data: a\n\ndata: b", "data: a\n\ndata: b\n", "data: a\r\rdata: b\r", "data: a\n\ndata: b\r\n"})
    void delivers_the_event_that_the_end_of_the_stream_cuts_off(String stream) {
        assertThat(parse(stream)).containsExactly(data("a"), data("b"));
    }

    @Test
    void delivers_nothing_at_the_end_without_data() {
        assertThat(parse("data: a\n\nevent: x\n: bye")).containsExactly(data("a"));
    }

    @Test
    void keeps_characters_whole_that_are_split_at_any_byte() {
        assertThat(parseByteByByte("data: ж€😀\n\n")).containsExactly(data("ж€😀"));
    }

    @Test
    void replaces_bytes_that_are_not_utf_8() {
        SseParser parser = new SseParser();
        parser.feed(ByteBuffer.wrap(new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xC3, 'x', '\n', '\n'}));
        assertThat(parser.poll()).isEqualTo(data("\uFFFDx"));
    }

    @Test
    void takes_done_for_data_like_any_other() {
        assertThat(parse("data: [DONE]\n\n")).containsExactly(data("[DONE]"));
    }

    @Test
    void reads_from_a_buffer_that_does_not_show_its_array() {
        SseParser parser = new SseParser();
        ByteBuffer bytes = ByteBuffer.wrap("xxdata: a\n\n".getBytes(UTF_8))
                .position(2)
                .slice()
                .asReadOnlyBuffer();
        parser.feed(bytes);
        assertThat(parser.poll()).isEqualTo(data("a"));
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void reads_an_event_of_a_megabyte() {
        String big = "x".repeat(1 << 20);
        assertThat(parse("data: " + big + "\n\ndata: small\n\n")).containsExactly(data(big), data("small"));
    }

    @Test
    void refuses_a_line_over_the_limit_before_it_ends() {
        SseParser parser = new SseParser(100);
        parser.feed(ByteBuffer.wrap(("data: " + "x".repeat(101)).getBytes(UTF_8)));
        assertTooLarge(parser);
    }

    @Test
    void refuses_many_lines_that_are_together_over_the_limit() {
        SseParser parser = new SseParser(100);
        parser.feed(ByteBuffer.wrap("data: 0123456789\n".repeat(11).getBytes(UTF_8)));
        assertTooLarge(parser);
    }

    @Test
    void counts_the_limit_for_each_event() {
        SseParser parser = new SseParser(100);
        List<SseEvent> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            feed(parser, "data: " + "x".repeat(90) + "\n\n", events);
        }
        assertThat(events).hasSize(50);
    }

    @Test
    void refuses_a_limit_that_is_not_positive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SseParser(0)).withMessageContaining("was 0");
    }

    private static void assertTooLarge(SseParser parser) {
        TransportException e = catchThrowableOfType(TransportException.class, parser::poll);
        assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(e).hasMessageContaining("100 bytes");
    }

    private static SseEvent data(String data) {
        return new SseEvent(null, data, null);
    }

    private static List<SseEvent> parse(String stream) {
        SseParser parser = new SseParser();
        List<SseEvent> events = new ArrayList<>();
        feed(parser, stream, events);
        return end(parser, events);
    }

    private static List<SseEvent> parseByteByByte(String stream) {
        SseParser parser = new SseParser();
        List<SseEvent> events = new ArrayList<>();
        for (byte b : stream.getBytes(UTF_8)) {
            parser.feed(ByteBuffer.wrap(new byte[] {b}));
            drain(parser, events);
        }
        return end(parser, events);
    }

    private static void feed(SseParser parser, String piece, List<SseEvent> events) {
        parser.feed(ByteBuffer.wrap(piece.getBytes(UTF_8)));
        drain(parser, events);
    }

    private static void drain(SseParser parser, List<SseEvent> events) {
        for (SseEvent event = parser.poll(); event != null; event = parser.poll()) {
            events.add(event);
        }
    }

    private static List<SseEvent> end(SseParser parser, List<SseEvent> events) {
        SseEvent last = parser.end();
        if (last != null) {
            events.add(last);
        }
        return events;
    }
}
