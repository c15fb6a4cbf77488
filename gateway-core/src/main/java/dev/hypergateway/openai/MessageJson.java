package dev.hypergateway.openai;

import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The turns of a conversation in OpenAI's JSON. Stateless. */
final class MessageJson {
    private MessageJson() {}

    static List<Message> take(Members request) {
        List<?> items = request.array("messages");
        String path = request.path("messages");
        if (items == null) {
            throw FormatErrors.missing(path);
        }
        if (items.isEmpty()) {
            throw FormatErrors.emptyArray(path);
        }
        List<Message> messages = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            messages.add(read(Members.item(path, i, items.get(i))));
        }
        return messages;
    }

    private static Message read(Members message) {
        String role = message.requiredString("role");
        return switch (role) {
            case "system" -> new Message.System(content(message), message.string("name"), message.rest());
            case "developer" -> new Message.Developer(content(message), message.string("name"), message.rest());
            case "user" -> new Message.User(content(message), message.string("name"), message.rest());
            case "assistant" -> readAssistant(message);
            case "tool" -> readToolResult(message);
            case "function" -> new Message.Other(role, optionalContent(message), message.rest());
            default ->
                throw FormatErrors.invalid(
                        message.path("role"),
                        "supported values are 'system', 'developer', 'user', 'assistant', 'tool' and 'function'");
        };
    }

    private static Message readAssistant(Members message) {
        boolean mayBeEmpty = message.has("tool_calls")
                || message.has("function_call")
                || message.has("refusal")
                || message.has("audio")
                || message.has("reasoning_content");
        List<Part> content = mayBeEmpty ? optionalContent(message) : content(message);
        List<ToolCall> calls = ToolCallJson.take(message);
        return Message.Assistant.builder()
                .content(content)
                .name(message.string("name"))
                .reasoning(message.string("reasoning_content"))
                .refusal(message.string("refusal"))
                .toolCalls(calls)
                .extra(message.rest())
                .build();
    }

    private static Message readToolResult(Members message) {
        String callId = message.requiredString("tool_call_id");
        return new Message.ToolResult(callId, content(message), message.rest());
    }

    private static List<Part> content(Members message) {
        Object content = message.take("content");
        if (content == null) {
            throw FormatErrors.wrongType(message.path("content"), "a string or an array of content parts", null);
        }
        return content instanceof String text
                ? List.of(Part.text(text))
                : PartJson.read(message.path("content"), content);
    }

    private static List<Part> optionalContent(Members message) {
        Object content = message.take("content");
        return content == null ? List.of() : PartJson.read(message.path("content"), content);
    }

    static Map<String, Object> write(Message message) {
        ObjectWriter out = new ObjectWriter().put("role", message.role());
        Object content = PartJson.write(message.content());
        if (message instanceof Message.Assistant assistant) {
            // Citations are not repeated: they belong to answers only.
            return out.put("content", content)
                    .optional("name", assistant.name())
                    .optional("reasoning_content", assistant.reasoning())
                    .optional("refusal", assistant.refusal())
                    .optional("tool_calls", nonEmpty(ToolCallJson.write(assistant.toolCalls())))
                    .extra(assistant.extra())
                    .members();
        }
        if (message instanceof Message.Other) {
            return out.put("content", content).extra(message.extra()).members();
        }
        // An empty list of parts can only come from a Java caller; every vendor takes an empty text for it.
        out.put("content", content == null ? "" : content).optional("name", nameOf(message));
        if (message instanceof Message.ToolResult result) {
            out.put("tool_call_id", result.toolCallId());
        }
        return out.extra(message.extra()).members();
    }

    private static @Nullable String nameOf(Message message) {
        if (message instanceof Message.System system) {
            return system.name();
        }
        if (message instanceof Message.Developer developer) {
            return developer.name();
        }
        return message instanceof Message.User user ? user.name() : null;
    }

    static <T> @Nullable List<T> nonEmpty(List<T> items) {
        return items.isEmpty() ? null : items;
    }
}
