package dev.hypergateway.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTableTest {
    private static final List<String> RECORDED = List.of("chat", "error-1", "error-2", "list");

    @TempDir
    private Path folder;

    @Test
    void reads_a_page_that_lists_each_recording_once() throws IOException {
        CoverageTable table = table(
                "| Recording | Request | Answer |",
                "|---|---|---|",
                "| `chat` | yes | text, `usage` |",
                "| `error-1`, `error-2` | not recorded | failure |",
                "",
                "| Recording | Why |",
                "|---|---|",
                "| `list` | not ours |");

        table.assertLists(RECORDED);
        table.assertSays("chat", new Covered("yes", "text, `usage`"));
        table.assertSays("error-2", new Covered("not recorded", "failure"));
        assertThat(table.others()).containsOnlyKeys("list").containsValue("not ours");
    }

    @Test
    void fails_when_a_recording_is_missing_unknown_or_listed_twice() throws IOException {
        assertThatThrownBy(() ->
                        table("| `chat`, `error-1`, `error-2` | yes | text |").assertLists(RECORDED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("list");
        assertThatThrownBy(() -> table("| `chat`, `error-1`, `error-2`, `list`, `more` | yes | text |")
                        .assertLists(RECORDED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("more");
        assertThatThrownBy(() -> table("| `chat`, `error-1`, `error-2`, `list` | yes | text |", "| `chat` | no |")
                        .assertLists(RECORDED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("chat");
    }

    @Test
    void fails_when_an_exception_has_no_reason() throws IOException {
        assertThatThrownBy(() ->
                        table("| `chat`, `error-1`, `error-2`, `list` | |").assertLists(RECORDED))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void fails_with_the_row_as_it_should_be_when_the_page_says_another_thing_than_the_replay() throws IOException {
        CoverageTable table = table("| `chat` | yes | text |");

        assertThatThrownBy(() -> table.assertSays("chat", new Covered("not recorded", "text")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("| `chat` | not recorded | text |");
        assertThatThrownBy(() -> table.assertSays("other", new Covered("yes", "text")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("| `other` | yes | text |");
    }

    private CoverageTable table(String... lines) throws IOException {
        return CoverageTable.of("some", Files.write(folder.resolve("recordings-some.md"), List.of(lines)));
    }
}
