package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
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
        return assembler.response();
    }
}
