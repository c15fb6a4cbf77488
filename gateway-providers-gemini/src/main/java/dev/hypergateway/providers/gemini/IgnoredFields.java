package dev.hypergateway.providers.gemini;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.provider.ProviderCall;
import java.util.Map;
import java.util.Set;

/** Tells the caller which fields of a request Gemini has no word for and the answer does not depend on. Stateless. */
final class IgnoredFields {
    /** Unnamed request fields that are mapped or refused elsewhere. */
    private static final Set<String> HEEDED = Set.of(
            "google",
            "extra_body",
            "top_k",
            "modalities",
            "logit_bias",
            "functions",
            "function_call",
            "audio",
            GeminiTools.SEARCH);

    private IgnoredFields() {}

    static void report(ChatRequest request, GeminiModelName model, ProviderCall call) {
        request.extra().forEach((field, value) -> {
            boolean heeded = field.equals(ServiceTiers.FIELD) ? ServiceTiers.knows(value) : HEEDED.contains(field);
            if (!heeded) {
                call.ignore(field);
            }
        });
        if (request.extra().get(GeminiTools.SEARCH) instanceof Map<?, ?> options) {
            options.keySet().forEach(option -> call.ignore(GeminiTools.SEARCH + "." + option));
        }
        if (!model.takesPenalties()) {
            report("presence_penalty", request.presencePenalty().orElse(0.0), call);
            report("frequency_penalty", request.frequencyPenalty().orElse(0.0), call);
        }
        if (request.endUser().isPresent()) {
            call.ignore("user");
        }
        if (request.promptCacheKey().isPresent()) {
            call.ignore("prompt_cache_key");
        }
        for (Message message : request.messages()) {
            if (hasName(message)) {
                call.ignore("messages.name");
            }
            for (Part part : message.content()) {
                if (part instanceof Part.Image image && image.detail() != null) {
                    call.ignore("messages.content.image_url.detail");
                }
            }
        }
    }

    private static void report(String penalty, double value, ProviderCall call) {
        if (value != 0) {
            call.ignore(penalty);
        }
    }

    private static boolean hasName(Message message) {
        return (message instanceof Message.User user && user.name() != null)
                || (message instanceof Message.System system && system.name() != null)
                || (message instanceof Message.Developer developer && developer.name() != null)
                || (message instanceof Message.Assistant assistant && assistant.name() != null);
    }
}
