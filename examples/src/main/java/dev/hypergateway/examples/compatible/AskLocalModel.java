package dev.hypergateway.examples.compatible;

import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.providers.gemini.GeminiProvider;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.util.HashMap;
import java.util.Map;

/** Prefers the model at home; when that is too busy, Gemini answers. The caller names neither. */
public final class AskLocalModel {
    private AskLocalModel() {}

    public static void main(String[] args) {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            // The sandbox's xAI speaks OpenAI's dialect, so it can stand in for the server at home.
            vendors.xai().models("llama3.2").script("any-key", Reply.ok(), Reply.overloaded());
            Map<String, String> settings = new HashMap<>(vendors.settings());
            settings.put("LOCAL_MODEL_BASE_URL", vendors.xai().baseUri().toString());
            settings.put("LOCAL_MODEL_API_KEY", "any-key");
            settings.put("GOOGLE_AI_STUDIO_API_KEY", "my-key");
            ask(settings);
        }
    }

    static void ask(Map<String, String> settings) {
        // docs: local-model
        try (Gateway ai = Gateway.builder()
                .settings(settings)
                .provider(new CompatibleProvider())
                .provider(new GeminiProvider())
                .route("home-first", "local/llama3.2", "google/gemini-2.5-flash")
                .build()) {
            for (String question : new String[] {"Who are you?", "And who are you?"}) {
                ChatResponse answer = ai.chat("home-first", question);
                System.out.println(answer.model() + ": " + answer.text());
            }
        }
        // end docs
    }
}
