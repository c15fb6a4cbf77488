package dev.hypergateway.providers.sonar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkSplitterTest {
    private static final String TEXT =
            "\n<think>\nFirst <this>,\n\nthen </that>. \n</think>\n\nThe answer: a < b </think>.\n";
    private static final String THOUGHTS = "First <this>,\n\nthen </that>.";
    private static final String ANSWER = "The answer: a < b </think>.\n";

    @Test
    void tells_thoughts_from_the_answer_wherever_the_text_is_cut() {
        for (int first = 0; first <= TEXT.length(); first++) {
            for (int second = first; second <= TEXT.length(); second++) {
                Told told = tell(TEXT.substring(0, first), TEXT.substring(first, second), TEXT.substring(second));

                assertThat(told.thoughts())
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(THOUGHTS);
                assertThat(told.answer()).as("cut at %d and %d", first, second).isEqualTo(ANSWER);
            }
        }
    }

    @Test
    void tells_them_apart_letter_by_letter() {
        assertThat(tell(TEXT.split(""))).isEqualTo(new Told(THOUGHTS, ANSWER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello", "  Hello ", "<thin air> is not a thought", "a <think>b</think>", "<th", " \n"})
    void leaves_a_text_without_thoughts_as_it_is(String text) {
        assertThat(tell(text)).isEqualTo(new Told("", text));
        assertThat(tell(text.split(""))).isEqualTo(new Told("", text));
    }

    @Test
    void takes_an_answer_that_breaks_off_in_its_thoughts_for_thoughts() {
        assertThat(tell("<think>", "so fa", "r </th")).isEqualTo(new Told("so far </th", ""));
    }

    @Test
    void finds_no_thoughts_in_empty_tags() {
        assertThat(tell("<think>\n\n</think>\n\nHi")).isEqualTo(new Told("", "Hi"));
    }

    @Test
    void holds_nothing_back_once_the_answer_has_begun() {
        ThinkSplitter splitter = new ThinkSplitter();

        assertThat(splitter.accept("Hi")).containsExactly(new ThinkSplitter.Piece(false, "Hi"));
        assertThat(splitter.accept("<think>")).containsExactly(new ThinkSplitter.Piece(false, "<think>"));
        assertThat(splitter.end()).isEmpty();
    }

    private static Told tell(String... pieces) {
        ThinkSplitter splitter = new ThinkSplitter();
        List<ThinkSplitter.Piece> told = new ArrayList<>();
        for (String piece : pieces) {
            told.addAll(splitter.accept(piece));
        }
        told.addAll(splitter.end());
        StringBuilder thoughts = new StringBuilder();
        StringBuilder answer = new StringBuilder();
        told.forEach(piece -> (piece.thought() ? thoughts : answer).append(piece.text()));
        return new Told(thoughts.toString(), answer.toString());
    }

    private record Told(String thoughts, String answer) {}
}
