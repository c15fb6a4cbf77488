package dev.hypergateway.testkit;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The requests of a {@link ChatProviderContract}. Stateless. */
final class ContractRequests {
    static final String QUESTION = "contract-question-1";

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk" + "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static final String SOUND = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";
    private static final String DOCUMENT = "JVBERi0xLjQKJSVFT0YK";

    private ContractRequests() {}

    static ChatRequest.Builder ask(String model) {
        return ChatRequest.builder().model(model).user(QUESTION);
    }

    /** Requests for more than text, which must not be answered as if they had not asked for it. */
    static Stream<Demand> demands(String model) {
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of("contract_property", Map.of("type", "string")),
                "required",
                List.of("contract_property"),
                "additionalProperties",
                false);
        return Stream.of(
                new Demand(
                        "tools",
                        ask(model)
                                .tools(List.of(Tool.function("contract_tool", "Tests the contract", schema)))
                                .build(),
                        "contract_tool",
                        false),
                new Demand(
                        "response_format",
                        ask(model)
                                .responseFormat(ResponseFormat.jsonSchema("contract", schema))
                                .build(),
                        "contract_property",
                        false),
                new Demand("image", with(model, Part.image("data:image/png;base64," + PIXEL)), part(PIXEL), false),
                new Demand("audio", with(model, new Part.Audio(SOUND, "wav", Map.of())), part(SOUND), false),
                new Demand(
                        "file",
                        with(model, new Part.File(null, "data:application/pdf;base64," + DOCUMENT, "a.pdf", Map.of())),
                        part(DOCUMENT),
                        false),
                new Demand("n", ask(model).n(2).build(), ":\\s*2\\b", false),
                new Demand("stop", ask(model).stop(List.of("contract-stop")).build(), "contract-stop", true),
                new Demand("seed", ask(model).seed(424_242L).build(), "424242", true),
                new Demand("max_tokens", ask(model).maxTokens(4321).build(), "4321", false),
                new Demand("temperature", ask(model).temperature(0.375).build(), "0\\.375", true));
    }

    private static ChatRequest with(String model, Part part) {
        return ChatRequest.builder()
                .model(model)
                .message(Message.user(Part.text(QUESTION), part))
                .build();
    }

    /** The beginning is enough, and has no characters that mean something in a pattern. */
    private static String part(String base64) {
        return base64.substring(0, 18);
    }

    /**
     * A request for more than text.
     *
     * @param field what it asks for, in OpenAI's name for the field
     * @param request the request
     * @param trace pattern of what the vendor gets to see of it
     * @param mayBeLeftOut whether the provider may leave it out and say so
     */
    record Demand(String field, ChatRequest request, String trace, boolean mayBeLeftOut) {}
}
