package dev.hypergateway.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.testkit.VendorSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment is read by {@code Gateway.fromEnv()}, so the program runs in a process of its own. */
class HelloTest {
    @TempDir
    Path folder;

    @Test
    void answers_with_a_key_from_the_environment_and_an_address_from_the_env_file() throws Exception {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.gemini().acceptOnly("a-key-for-hello");
            Files.writeString(
                    folder.resolve(".env"),
                    "GEMINI_API_BASE_URL=" + vendors.gemini().baseUri() + "\nGOOGLE_AI_STUDIO_API_KEY=overruled\n");

            assertThat(run("a-key-for-hello").strip()).endsWith("You said: Why is the sky blue?");
            assertThat(vendors.gemini().attempts("a-key-for-hello")).isOne();
        }
    }

    private String run(String key) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Hello.class.getName()));
        // Neither the settings of this machine nor its proxy.
        builder.environment().clear();
        builder.environment().put("GOOGLE_AI_STUDIO_API_KEY", key);
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
