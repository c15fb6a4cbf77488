package dev.hypergateway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeysCommandTest {
    private static final String SECRET = "QaWsEdRfTgYhUjIkOlPz";

    @TempDir
    private Path folder;

    private final InputStream in = System.in;
    private final PrintStream out = System.out;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @AfterEach
    void restore() {
        System.setIn(in);
        System.setOut(out);
    }

    @Test
    void a_key_is_read_from_standard_input_listed_and_removed() {
        assertThat(run(SECRET + "\n", "keys", "add", "google", "--name", "mine"))
                .isZero();
        assertThat(shown()).startsWith("Stored ").contains("selected").doesNotContain(SECRET);
        String id = shown().replaceFirst("Stored (\\S+) (?s:.*)", "$1");

        assertThat(run("", "keys", "list")).isZero();
        assertThat(shown())
                .contains(id, "google", "mine", "yes", "****OlPz", "available")
                .doesNotContain(SECRET);

        assertThat(run("", "keys", "remove", id)).isZero();
        assertThat(run("", "keys", "list")).isZero();
        assertThat(shown()).contains("No vendor key is stored");
        assertThat(run("", "keys", "remove", id)).isEqualTo(1);
        assertThat(shown()).contains("no stored key has this id");
    }

    @Test
    void a_provider_may_be_called_by_its_prefix() {
        assertThat(run(SECRET, "keys", "add", "grok")).isZero();
        run("", "keys", "list");
        assertThat(shown()).contains("xai");
    }

    @Test
    void a_key_on_the_command_line_is_refused_and_not_repeated() {
        assertThat(run("", "keys", "add", "google", SECRET)).isEqualTo(1);
        assertThat(shown()).contains("--from-env").doesNotContain(SECRET);

        assertThat(run("", "keys", "ad", "google", "AIza" + SECRET)).isEqualTo(2);
        assertThat(shown()).doesNotContain(SECRET);
    }

    @Test
    void what_cannot_be_a_key_is_refused_with_the_remedy() {
        assertThat(run("\n", "keys", "add", "google")).isEqualTo(1);
        assertThat(shown()).contains("empty");
        assertThat(run("two words\n", "keys", "add", "google")).isEqualTo(1);
        assertThat(shown()).doesNotContain("two words");
        assertThat(run(SECRET, "keys", "add", "nobody")).isEqualTo(1);
        assertThat(shown()).contains("google, xai");
        assertThat(run("", "keys", "add", "google", "--from-env", "NO_SUCH_VARIABLE_HERE"))
                .isEqualTo(1);
        assertThat(shown()).contains("NO_SUCH_VARIABLE_HERE");
    }

    @Test
    void the_same_key_twice_is_refused() {
        run(SECRET, "keys", "add", "google");
        assertThat(run(SECRET, "keys", "add", "google")).isEqualTo(1);
        assertThat(shown()).contains("already stored").doesNotContain(SECRET);
    }

    @Test
    void help_and_version_are_there_for_all_commands() {
        assertThat(execute("", "--version")).isZero();
        for (String[] command :
                new String[][] {{"--help"}, {"serve", "--help"}, {"demo", "--help"}, {"keys", "--help"}}) {
            assertThat(execute("", command)).as(String.join(" ", command)).isZero();
            assertThat(shown()).contains("Usage: hyper-gateway");
        }
        assertThat(execute("", "keys")).isEqualTo(2);
    }

    private int run(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data-dir");
        all.add(folder.toString());
        return execute(input, all.toArray(String[]::new));
    }

    private int execute(String input, String... arguments) {
        shown.reset();
        PrintStream capture = new PrintStream(shown, true, StandardCharsets.UTF_8);
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(capture);
        CommandLine command = HyperGatewayCli.commandLine();
        PrintWriter writer = new PrintWriter(capture, true, StandardCharsets.UTF_8);
        return command.setOut(writer).setErr(writer).execute(arguments);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
