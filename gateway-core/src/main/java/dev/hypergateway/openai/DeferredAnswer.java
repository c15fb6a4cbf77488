package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatResponse;
import java.util.List;

/**
 * The answer to a request for an answer later, as xAI gives it: {@code {"request_id": "…"}}
 * ({@code docs.x.ai/developers/advanced-api-usage/deferred-chat-completions}). Stateless.
 */
public final class DeferredAnswer {
    private static final String REQUEST_ID = "request_id";

    private DeferredAnswer() {}

    /**
     * A response without choices, whose id is the vendor's for the answer to come. The vendor's fields stand in its {@code extra}. A
     * vendor that answers at once is read as usual.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it is neither
     * @throws InBandErrorException when it is an error object
     */
    public static ChatResponse read(byte[] body) {
        Members answer = new Members("", JsonInput.object(body));
        if (answer.has("choices") || answer.has("error") || !(answer.rest().get(REQUEST_ID) instanceof String id)) {
            return ChatResponseReader.read(body);
        }
        return ChatResponse.builder()
                .id(ChatResponseReader.id(id))
                .created(ChatResponseReader.created(answer.numberIf("created")))
                .model(ChatResponseReader.orEmpty(answer.stringIf("model")))
                .choices(List.of())
                .extra(answer.rest())
                .build();
    }
}
