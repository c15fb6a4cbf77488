package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.Message;
import dev.hypergateway.provider.Failures;

/** Reads a whole answer, through the same steps as a stream, so that both say the same. Stateless. */
final class GeminiResponseReader {
    private GeminiResponseReader() {}

    /**
     * @throws dev.hypergateway.provider.ProviderException when a filter blocked it or nothing is in it
     */
    static ChatResponse read(JsonNode body, GeminiAnswer answer) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        answer.accept(body).forEach(assembler::accept);
        if (!answer.hasCandidates()) {
            throw Failures.unreadable("it has no candidates", null);
        }
        answer.end().forEach(assembler::accept);
        ChatResponse response = assembler.response();
        return response.toBuilder()
                .choices(response.choices().stream()
                        .map(GeminiResponseReader::signed)
                        .toList())
                .build();
    }

    /** Copies the signature of a text to the message, because that is what a caller puts into the next request. */
    private static Choice signed(Choice choice) {
        String signature = ThoughtSignature.in(choice.extra());
        if (signature == null) {
            return choice;
        }
        Message.Assistant message = choice.message();
        return new Choice(
                choice.index(),
                Message.Assistant.builder()
                        .content(message.content())
                        .name(message.name())
                        .reasoning(message.reasoning())
                        .refusal(message.refusal())
                        .toolCalls(message.toolCalls())
                        .citations(message.citations())
                        .extra(ThoughtSignature.fields(signature))
                        .build(),
                choice.finishReason(),
                choice.logprobs(),
                choice.extra());
    }
}
