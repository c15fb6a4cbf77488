package dev.hypergateway.providers.gigachat;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.provider.ProviderCall;

/** Tells the caller which fields of a request GigaChat has no word for and the answer does not depend on. Stateless. */
final class IgnoredFields {
    private IgnoredFields() {}

    static void report(ChatRequest request, ProviderCall call) {
        request.extra().keySet().stream()
                .filter(field -> !GigaChatOptions.heeds(field))
                .forEach(call::ignore);
        if (request.seed().isPresent()) {
            call.ignore("seed");
        }
        if (request.presencePenalty().orElse(0.0) != 0) {
            call.ignore("presence_penalty");
        }
        if (request.frequencyPenalty().orElse(0.0) != 0) {
            call.ignore("frequency_penalty");
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

    private static boolean hasName(Message message) {
        return (message instanceof Message.User user && user.name() != null)
                || (message instanceof Message.System system && system.name() != null)
                || (message instanceof Message.Developer developer && developer.name() != null)
                || (message instanceof Message.Assistant assistant && assistant.name() != null);
    }
}
