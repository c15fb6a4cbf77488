package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What recorded answers cost by the prices that ship with this module, against sums made by hand. */
class GeminiCostTest {
    @ParameterizedTest
    @CsvSource({
        // 13 fresh tokens at 0.30, 9609 cached at 0.03, 35 + 136 thoughts at 2.50, in millionths of a dollar
        "cachedcontents-use-in-generate, gemini-2.5-flash, 0.00071967",
        // 120 at 2, 32 + 132 thoughts at 12
        "tools-thoughtsignature-3_1-pro-call, gemini-3.1-pro-preview, 0.002208",
        // 10 + 73 that the search found at 0.30, 30 + 109 thoughts at 2.50
        "search-grounding, gemini-2.5-flash, 0.0003724",
        // 147 + 360 that the code gave at 0.50, 108 + 168 thoughts at 3
        "code-execution-stream, gemini-3-flash-preview, 0.0010815",
        // 11 at 1.50, 703 + 713 thoughts at 9
        "thinking-stream-3_5-flash, gemini-3.5-flash, 0.0127605"
    })
    void costs_what_the_tokens_of_each_kind_cost(String name, String model, BigDecimal expected) {
        Recording recording = Recordings.of("gemini").get(name);
        try (LoopbackServer server = LoopbackServer.replaying(recording);
                Gateway ai = Gateway.builder()
                        .provider(new GeminiProvider())
                        .settings(Map.of(
                                "GEMINI_API_BASE_URL",
                                server.address("/v1beta").toString(),
                                "GOOGLE_AI_STUDIO_API_KEY",
                                "key-of-the-test"))
                        .build()) {
            ChatRequest request = ChatRequest.of("google/" + model, "?");

            Usage usage = recording.isStream()
                    ? streamed(ai, request)
                    : ai.chat(request).usage().orElseThrow();

            Cost cost = usage.cost().orElseThrow();
            assertThat(cost.amount()).isEqualByComparingTo(expected);
            assertThat(cost.currency()).isEqualTo("USD");
            assertThat(cost.source()).isEqualTo(Cost.Source.COMPUTED);
        }
    }

    private static Usage streamed(Gateway ai, ChatRequest request) {
        AtomicReference<Usage> usage = new AtomicReference<>();
        try (ChatStream stream = ai.stream(request)) {
            stream.forEach(event -> {
                if (event instanceof ChatEvent.UsageReport report) {
                    usage.set(report.usage());
                }
            });
        }
        return usage.get();
    }
}
