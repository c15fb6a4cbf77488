package dev.hypergateway.examples.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.examples.Console;
import dev.hypergateway.testkit.RecordedRequest;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoppedStreamTest {
    @Test
    void prints_the_beginning_and_then_that_it_was_stopped() throws Exception {
        String output = Console.of(() -> StoppedStream.main(new String[0]));

        assertThat(output).startsWith("word1 word2 word3 word4 word5").endsWith(" … stopped\n");
        assertThat(output).doesNotContain("word200");
    }

    @Test
    void ends_the_request_at_the_vendor() throws Exception {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.gemini().script("my-key", Reply.ok().between(Duration.ofMillis(25)));

            Console.of(() -> StoppedStream.read(vendors.settings()));

            assertThat(vendors.gemini().awaitAbort(Duration.ofSeconds(10))).isTrue();
            RecordedRequest request = vendors.gemini().lastRequest();
            assertThat(request.chunksSent()).isBetween(5, 199);
            assertThat(vendors.gemini().requests()).hasSize(1);
        }
    }
}
