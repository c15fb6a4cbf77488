package dev.hypergateway.providers.sonar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.recordings.OpenAiAnswer;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Perplexity's bills, as callers of the gateway get them. */
class SonarCostTest {

    @TestFactory
    Stream<DynamicTest> a_caller_gets_the_bill_that_perplexity_wrote() {
        return Recordings.of("perplexity").to("/chat/completions").stream()
                .filter(recording -> recording.status() == 200)
                .filter(recording -> bill(OpenAiAnswer.of(recording)) != null)
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> assertBill(recording)));
    }

    private static void assertBill(Recording recording) {
        JsonNode usage = OpenAiAnswer.of(recording).path("usage");
        try (LoopbackServer server = LoopbackServer.replaying(recording);
                Gateway gateway = gateway(server)) {
            Usage charged = usage(gateway, recording.isStream());

            assertThat(charged.cost().map(Cost::source)).contains(Cost.Source.VENDOR);
            assertThat(charged.cost().map(Cost::currency)).contains("USD");
            assertThat(charged.cost().orElseThrow().amount()).isEqualByComparingTo(bill(OpenAiAnswer.of(recording)));
            assertThat(charged.promptTokens())
                    .isEqualTo(usage.path("prompt_tokens").asLong());
            assertThat(charged.totalTokens())
                    .isEqualTo(usage.path("total_tokens").asLong());
            assertThat(charged.cachedTokens().orElse(0))
                    .isEqualTo(usage.at("/prompt_tokens_details/cached_tokens").asLong());
            assertThat(charged.reasoningTokens().orElse(0))
                    .isEqualTo(usage.at("/completion_tokens_details/reasoning_tokens")
                            .asLong());
        }
    }

    private static Usage usage(Gateway gateway, boolean stream) {
        ChatRequest request = ChatRequest.of("perplexity/sonar", "Hi");
        if (!stream) {
            return gateway.chat(request).usage().orElseThrow();
        }
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        try (ChatStream events = gateway.stream(request)) {
            for (ChatEvent event : events) {
                assembler.accept(event);
            }
        }
        return assembler.response().usage().orElseThrow();
    }

    private static Gateway gateway(LoopbackServer server) {
        return Gateway.builder()
                .settings(Map.of(
                        "PERPLEXITY_API_BASE_URL",
                        server.address("").toString(),
                        "PERPLEXITY_API_KEY",
                        "pplx-0123456789abcdefghij"))
                .build();
    }

    private static BigDecimal bill(JsonNode answer) {
        JsonNode total = answer.at("/usage/cost/total_cost");
        return total.isNumber() ? total.decimalValue() : null;
    }
}
