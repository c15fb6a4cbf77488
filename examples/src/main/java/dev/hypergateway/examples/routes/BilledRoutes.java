package dev.hypergateway.examples.routes;

import dev.hypergateway.FinishedCall;
import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.routing.Route;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A route for answers that shall come quickly and one for answers that shall come whole, and what each call has cost. */
public final class BilledRoutes {
    private BilledRoutes() {}

    public static void main(String[] args) {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.gemini().script("gemini-key", Reply.ok(), Reply.serverError());
            vendors.xai().script("xai-key", Reply.ok().cutAfter(2), Reply.ok());
            ask(vendors.settings());
        }
    }

    static void ask(Map<String, String> settings) {
        // docs: routes
        try (Gateway ai = Gateway.builder()
                .settings(settings)
                .environmentKey("google", "gemini-key")
                .environmentKey("xai", "xai-key")
                .route(
                        new Route("quick", List.of("google/gemini-2.5-flash", "x-ai/grok-4.3")),
                        policy -> policy.deadline(Duration.ofSeconds(20)).sameTargetRetries(0))
                .route(
                        new Route("whole", List.of("x-ai/grok-4.3", "google/gemini-2.5-flash")),
                        policy -> policy.midStream(FailoverPolicy.MidStream.RESUME))
                .callListener(BilledRoutes::bill)
                .build()) {
            // end docs
            try (ChatStream story = ai.stream(ChatRequest.of("whole", "Tell me a long story"))) {
                System.out.println(story.text());
            }
            System.out.println(ai.chat("quick", "Hello?").text());
        }
    }

    // docs: bill
    private static void bill(FinishedCall call) {
        Usage usage = call.usage();
        System.out.println(call.model() + ": " + call.end() + " by "
                + call.provider().orElse("nobody") + " in "
                + call.trace().attempts().size() + " attempts, "
                + (usage == null
                        ? "nothing to pay"
                        : usage.totalTokens() + " tokens" + (call.usageEstimated() ? ", partly estimated" : "")));
    }
    // end docs
}
