package dev.hypergateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @Test
    void reads_names_values_comments_quotes_and_exports() {
        assertThat(Settings.parse(
                        List.of(
                                "\uFEFF# keys of the team",
                                "",
                                "XAI_API_KEY=abc,def # two of them",
                                "  export HYPER_PORT = 7000 ",
                                "QUOTED=\"a # b \\\"c\\\" \\\\ d\" # why",
                                "SINGLE='x \\n y'",
                                "EMPTY=",
                                "URL=https://host/path#fragment"),
                        ".env"))
                .isEqualTo(Map.of(
                        "XAI_API_KEY", "abc,def",
                        "HYPER_PORT", "7000",
                        "QUOTED", "a # b \"c\" \\ d",
                        "SINGLE", "x \\n y",
                        "EMPTY", "",
                        "URL", "https://host/path#fragment"));
    }

    @Test
    void an_error_names_file_and_line_but_no_value() {
        assertThatThrownBy(() -> Settings.parse(List.of("A=1", "secret-without-name"), ".env"))
                .hasMessageContaining(".env, line 2")
                .hasMessageNotContaining("secret-without-name");
        assertThatThrownBy(() -> Settings.parse(List.of("KEY=\"secret"), ".env"))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void the_environment_goes_before_the_file_and_a_missing_file_adds_nothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(".env");
        assertThat(Settings.load(file, Map.of("A", "1"))).isEqualTo(Map.of("A", "1"));

        Files.writeString(file, "A=file\nB=file\n");
        assertThat(Settings.load(file, Map.of("A", "environment"))).isEqualTo(Map.of("A", "environment", "B", "file"));
    }
}
