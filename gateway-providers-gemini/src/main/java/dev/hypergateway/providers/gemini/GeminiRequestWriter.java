package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.provider.Refusal;
import java.util.List;
import java.util.Map;

/**
 * Writes a request as Gemini's {@code GenerateContentRequest}. What Gemini cannot express is refused when leaving it out would
 * change what the answer means; fields that change no answer ({@code user}, {@code metadata}, {@code store},
 * {@code prompt_cache_key}, a message's {@code name}, an image's {@code detail} and the like) are left out. Stateless.
 */
final class GeminiRequestWriter {
    /** Unnamed request fields of OpenAI that change the answer and that Gemini has no word for, with what to do instead. */
    private static final Map<String, String> REFUSED = Map.of(
            "logit_bias", "Gemini has no logit_bias; leave it out",
            "functions", "the old field functions is not understood here; use tools",
            "function_call", "the old field function_call is not understood here; use tool_choice",
            "audio", "spoken answers are asked for with google.response_modalities and google.speech_config");

    private GeminiRequestWriter() {}

    /**
     * @throws dev.hypergateway.provider.ProviderException when Gemini cannot express the request
     */
    static Draft write(ChatRequest request, GeminiModelName model, FileStore files, SignatureStore kept) {
        refuse(request.extra());
        ObjectNode body = GeminiJson.object();
        Reused reused = new Reused(files, kept);
        PastSignatures signatures = new PastSignatures(kept, model, reused);
        List<Attachment> attachments = GeminiConversation.write(request.messages(), model, signatures, body);
        ObjectNode config = GeminiGenerationConfig.of(request, model);
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        GeminiTools.write(request, body);
        String tier = ServiceTiers.toGemini(request.extra().get(ServiceTiers.FIELD));
        if (tier != null) {
            body.put("serviceTier", tier);
        }
        GeminiVendorOptions.write(request.extra(), body);
        GeminiTools.combine(body, model);
        return new Draft(body, attachments, reused, signatures.digest());
    }

    private static void refuse(Map<String, Object> extra) {
        REFUSED.forEach((field, remedy) -> {
            Object value = extra.get(field);
            if (value != null && !isNothing(field, value)) {
                throw Refusal.of(field, remedy);
            }
        });
        if (extra.get("modalities") instanceof List<?> modalities
                && modalities.stream().anyMatch(modality -> !"text".equals(modality))) {
            throw Refusal.of("modalities", "answers other than text are asked for with google.response_modalities");
        }
    }

    /** Empty biases and lists ask for nothing. */
    private static boolean isNothing(String field, Object value) {
        return (field.equals("logit_bias") && Map.of().equals(value))
                || List.of().equals(value);
    }
}
