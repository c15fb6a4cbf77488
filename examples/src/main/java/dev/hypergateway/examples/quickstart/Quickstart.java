package dev.hypergateway.examples.quickstart;

import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.Attempt;
import java.util.HashMap;
import java.util.Map;

/**
 * Asks a question in the process, shows the answer and how it came about. A sandbox on this machine stands in for the vendor, so
 * no account is needed: the first of two keys is dead, and the caller does not notice.
 */
public final class Quickstart {
    private Quickstart() {}

    public static void main(String[] args) {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.gemini().script("dead-key", Reply.invalidKey()).script("good-key", Reply.ok());

            // With keys of your own these two lines are Gateway.fromEnv(), which reads the same names from the
            // environment.
            Map<String, String> settings = new HashMap<>(vendors.settings());
            settings.put("GOOGLE_AI_STUDIO_API_KEY", "dead-key,good-key");
            ask(settings);
        }
    }

    static void ask(Map<String, String> settings) {
        // docs: quickstart
        try (Gateway ai = Gateway.builder().settings(settings).build()) {
            ChatRequest request = ChatRequest.builder()
                    .model("google/gemini-2.5-flash")
                    .system("You are brief.")
                    .user("Why is the sky blue?")
                    .temperature(0.2)
                    .build();
            ChatResponse answer = ai.chat(request);

            System.out.println(answer.text());
            answer.usage().ifPresent(usage -> System.out.println(usage.totalTokens() + " tokens"));
            for (Attempt attempt : answer.trace().attempts()) {
                System.out.println(attempt.number() + ". " + attempt.keyName() + ": "
                        + (attempt.succeeded() ? "answered" : attempt.failure() + ", so " + attempt.verdict()));
            }
        }
        // end docs
    }
}
