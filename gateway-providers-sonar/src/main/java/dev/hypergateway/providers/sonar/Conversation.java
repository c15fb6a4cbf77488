package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.provider.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A conversation in the order that Perplexity insists on: instructions first, then the user and the model in turn. Instructions
 * are moved to the front and neighbours of the same role are merged; everything else is answered with a 400. Stateless.
 */
final class Conversation {
    private Conversation() {}

    static List<Message> of(List<Message> messages) {
        List<Message> instructions = new ArrayList<>();
        List<Message> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = spoken(messages.get(i), "messages[" + i + "]");
            if (message instanceof Message.System) {
                instructions.add(message);
            } else if (!turns.isEmpty() && message.role().equals(last(turns).role())) {
                turns.set(turns.size() - 1, merged(last(turns), message));
            } else {
                turns.add(message);
            }
        }
        instructions.addAll(turns);
        return instructions;
    }

    private static Message last(List<Message> turns) {
        return turns.get(turns.size() - 1);
    }

    /** The message in words that Perplexity knows. */
    private static Message spoken(Message message, String path) {
        List<Part> content = Attachments.of(message.content(), path + ".content");
        if (message instanceof Message.System system) {
            return new Message.System(content, system.name(), system.extra());
        } else if (message instanceof Message.Developer developer) {
            return new Message.System(content, developer.name(), developer.extra());
        } else if (message instanceof Message.User user) {
            return new Message.User(content, user.name(), user.extra());
        } else if (message instanceof Message.Assistant assistant) {
            return spoken(assistant, content, path);
        }
        throw Refusal.of(
                path + ".role", "Perplexity's models take no results of tools; leave them out or use another model");
    }

    private static Message spoken(Message.Assistant assistant, List<Part> content, String path) {
        if (!assistant.toolCalls().isEmpty() || assistant.extra().containsKey("function_call")) {
            throw Refusal.of(
                    path + ".tool_calls",
                    "Perplexity's models take no calls of tools; leave them out or use another model");
        }
        String refusal = assistant.refusal();
        return Message.Assistant.builder()
                .content(content.isEmpty() ? List.of(Part.text(refusal == null ? "" : refusal)) : content)
                .name(assistant.name())
                .extra(assistant.extra())
                .build();
    }

    private static Message merged(Message first, Message second) {
        List<Part> content = merged(first.content(), second.content());
        Map<String, Object> extra = new LinkedHashMap<>(first.extra());
        extra.putAll(second.extra());
        if (first instanceof Message.User one && second instanceof Message.User other) {
            return new Message.User(content, Objects.equals(one.name(), other.name()) ? one.name() : null, extra);
        }
        return Message.Assistant.builder().content(content).extra(extra).build();
    }

    /** Two texts become one, with an empty line in between. */
    private static List<Part> merged(List<Part> first, List<Part> second) {
        List<Part> parts = new ArrayList<>(first);
        if (parts.size() == 1
                && second.size() == 1
                && parts.get(0) instanceof Part.Text one
                && second.get(0) instanceof Part.Text other
                && one.extra().equals(other.extra())) {
            String gap = one.text().isEmpty() || other.text().isEmpty() ? "" : "\n\n";
            return List.of(new Part.Text(one.text() + gap + other.text(), one.extra()));
        }
        parts.addAll(second);
        return parts;
    }
}
