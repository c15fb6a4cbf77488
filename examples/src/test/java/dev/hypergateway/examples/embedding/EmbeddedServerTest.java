package dev.hypergateway.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.examples.Console;
import dev.hypergateway.testkit.VendorSandbox;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {
    @Test
    void serves_an_openai_client_on_a_free_port() throws Exception {
        List<String> lines =
                Console.of(() -> EmbeddedServer.main(new String[0])).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("Serving at http://127\\.0\\.0\\.1:[1-9]\\d*");
        assertThat(lines.get(1)).isEqualTo("HTTP 200 after 1 attempt at xai");
        assertThat(lines.get(2)).contains("\"chat.completion\"", "You said: Hello?");
    }

    @Test
    void passes_the_vendor_key_on_and_keeps_the_gateway_key() throws Exception {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            Console.of(() -> EmbeddedServer.serve(vendors.settings()));

            assertThat(vendors.xai().lastRequest().key()).contains("my-key");
            assertThat(vendors.xai().lastRequest().headers().toString()).doesNotContain("sk-for-my-clients");
        }
    }
}
