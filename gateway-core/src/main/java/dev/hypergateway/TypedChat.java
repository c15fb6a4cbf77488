package dev.hypergateway;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.json.JsonRecord;
import dev.hypergateway.json.JsonShapeException;
import java.util.List;
import java.util.Map;

/** Asks for a record: the model gets its schema, and one chance to repair an answer that does not fit. Used once, by one thread. */
final class TypedChat<T extends Record> {
    private final JsonRecord<T> type;
    private final Rounds rounds;

    TypedChat(JsonRecord<T> type, Rounds rounds) {
        this.type = type;
        this.rounds = rounds;
    }

    TypedResponse<T> ask(ChatRequest request) {
        FailedCalls.refuseSeveralAnswers(request);
        ChatRequest typed = request.toBuilder()
                .responseFormat(new ResponseFormat.JsonSchema(
                        type.name(), type.description().orElse(null), type.schema(), type.strict(), Map.of()))
                .build();
        ChatResponse first = complete(rounds.ask(typed));
        try {
            return new TypedResponse<>(type.read(first.text()), first);
        } catch (JsonShapeException e) {
            return repaired(typed, first.text(), e.problems());
        }
    }

    private TypedResponse<T> repaired(ChatRequest typed, String answer, List<String> problems) {
        ChatRequest.Builder again = typed.toBuilder();
        if (!answer.isBlank()) {
            again.message(Message.assistant(answer));
        }
        ChatResponse second = complete(rounds.ask(again.user("Your answer does not fit the JSON schema:\n- "
                        + String.join("\n- ", problems)
                        + "\nGive the whole corrected answer as one JSON document and nothing else.")
                .build()));
        try {
            return new TypedResponse<>(type.read(second.text()), second);
        } catch (JsonShapeException e) {
            throw invalid(
                    second,
                    "does not fit the record " + type.name() + ", not even when shown the problem: " + e.getMessage(),
                    "Simplify the record or use a stronger model",
                    e.problems());
        }
    }

    /** What is cut off, refused or a tool call instead of an answer would be no better the second time. */
    private ChatResponse complete(ChatResponse response) {
        if (FinishReason.LENGTH.equals(response.finishReason().orElse(null))) {
            throw invalid(
                    response,
                    "was cut off by the token limit",
                    "Raise the limit (maxTokens or maxCompletionTokens)",
                    List.of("the document: cut off by the token limit"));
        }
        if (FinishReason.CONTENT_FILTER.equals(response.finishReason().orElse(null))) {
            throw invalid(
                    response,
                    "was ended by the vendor's content filter",
                    "Change the content and ask again",
                    List.of("the document: ended by the content filter"));
        }
        if (response.choices().isEmpty()) {
            return response;
        }
        Message.Assistant message = response.choices().get(0).message();
        if (message.refusal() != null && message.text().isBlank()) {
            throw invalid(
                    response,
                    "is a refusal",
                    "Change the question, or use another model",
                    List.of("the document: refused by the model"));
        }
        if (!message.toolCalls().isEmpty() && message.text().isBlank()) {
            throw invalid(
                    response,
                    "is a call of a tool",
                    "Leave the tools out of the request, or run them first by chat(request, tools)",
                    List.of("the document: a tool call instead"));
        }
        return response;
    }

    private InvalidAnswerException invalid(ChatResponse response, String what, String remedy, List<String> problems) {
        return new InvalidAnswerException(
                "The model's answer " + what + ". " + remedy + "; the answer is in answer().",
                new GatewayException.Details(502, "api_error", "invalid_answer", rounds.trace()),
                response.text(),
                problems);
    }
}
