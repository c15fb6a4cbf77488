package dev.hypergateway.examples.capabilities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.Gateway;
import dev.hypergateway.examples.Console;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorsAndPicturesTest {
    @TempDir
    private Path folder;

    @Test
    void finds_the_text_and_draws_it_although_the_first_key_is_dead() throws Exception {
        String output = Console.of(() -> VectorsAndPictures.main(new String[0]));

        assertThat(output).matches("a red lighthouse\\R\\d+ bytes\\R");
    }

    @Test
    void what_one_vendor_cannot_draw_at_the_moment_the_other_draws() throws Exception {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.xai().script("my-key", Reply.invalidKey());
            Map<String, String> settings = new HashMap<>(vendors.settings());
            settings.put("XAI_API_KEY", "my-key");
            settings.put("GOOGLE_AI_STUDIO_API_KEY", "good-key");
            try (Gateway ai = Gateway.builder().settings(settings).build()) {
                assertThat(VectorsAndPictures.nearest(ai, "soup", List.of("a lighthouse", "soup with bread")))
                        .isEqualTo("soup with bread");

                Path file = VectorsAndPictures.draw(ai, "a lighthouse", folder.resolve("picture.jpg"));

                assertThat(Files.readAllBytes(file)).startsWith(0xFF, 0xD8);
                assertThat(vendors.xai().attempts("my-key")).isEqualTo(1);
                assertThat(vendors.gemini().lastRequest().path()).contains("gemini-3.1-flash-image");
            }
        }
    }
}
