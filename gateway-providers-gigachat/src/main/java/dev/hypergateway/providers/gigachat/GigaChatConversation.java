package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.provider.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a conversation into GigaChat's {@code messages}. Instructions are gathered from wherever they stand into one system
 * message in front (422 "system message must be the first message"). GigaChat takes one file with a message, so a turn with
 * several becomes several messages. For one request; not thread-safe.
 */
final class GigaChatConversation {
    private static final int MOST_FILES = 10;

    private final ArrayNode messages = GigaChatJson.object().putArray("messages");
    private final List<String> instructions = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final ToolRounds rounds = new ToolRounds();

    private GigaChatConversation() {}

    /**
     * Puts the conversation into the body.
     *
     * @return the places that wait for ids of files
     */
    static List<Attachment> write(List<Message> messages, ObjectNode body) {
        GigaChatConversation conversation = new GigaChatConversation();
        for (int i = 0; i < messages.size(); i++) {
            conversation.add(messages.get(i), "messages[" + i + "]");
        }
        conversation.finish(body);
        return conversation.attachments;
    }

    private void add(Message message, String param) {
        if (message instanceof Message.ToolResult result) {
            rounds.add(result, param);
            return;
        }
        rounds.flush(messages);
        if (message instanceof Message.System || message instanceof Message.Developer) {
            String text = text(message, param);
            if (!text.isBlank()) {
                instructions.add(text);
            }
        } else if (message instanceof Message.User) {
            addUser(message, param);
        } else if (message instanceof Message.Assistant assistant) {
            addAssistant(assistant, param);
        } else {
            throw Refusal.of(
                    param + ".role",
                    "the role '" + message.role()
                            + "' is not understood here; use system, developer, user, assistant or tool");
        }
    }

    private void addAssistant(Message.Assistant message, String param) {
        String text = text(message, param);
        String refusal = message.refusal();
        if (refusal != null && !refusal.isEmpty()) {
            text = text.isEmpty() ? refusal : text + "\n" + refusal;
        }
        if (!message.toolCalls().isEmpty()) {
            rounds.begin(message, text, param);
        } else if (!text.isEmpty()) {
            ObjectNode turn = messages.addObject().put("role", "assistant").put("content", text);
            String state = StateId.in(message.extra());
            if (state != null) {
                turn.put("functions_state_id", state);
            }
        }
    }

    private void addUser(Message message, String param) {
        StringBuilder text = new StringBuilder();
        ArrayNode files = GigaChatJson.object().putArray("attachments");
        boolean holdsFile = false;
        List<Part> parts = message.content();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Text piece) {
                text.append(piece.text());
                continue;
            }
            String place = param + ".content[" + i + "]";
            Attachment.Source source = Attachment.source(parts.get(i), place);
            if (holdsFile) {
                addUser(text, files);
                text = new StringBuilder();
                files = GigaChatJson.object().putArray("attachments");
            }
            holdsFile = true;
            attachments.add(new Attachment(files, place, source));
        }
        if (holdsFile || !text.isEmpty()) {
            addUser(text, holdsFile ? files : null);
        }
    }

    private void addUser(StringBuilder text, @Nullable ArrayNode files) {
        ObjectNode turn = messages.addObject().put("role", "user").put("content", text.toString());
        if (files != null) {
            turn.set("attachments", files);
        }
    }

    private static String text(Message message, String param) {
        List<Part> parts = message.content();
        for (int i = 0; i < parts.size(); i++) {
            if (!(parts.get(i) instanceof Part.Text)) {
                throw Refusal.of(
                        param + ".content[" + i + "]",
                        "a message of the role '" + message.role()
                                + "' can hold only text for GigaChat, not a part of type '"
                                + parts.get(i).type() + "'; move it to a user message");
            }
        }
        return message.text();
    }

    /** Instructions that stand alone are asked as a question: a conversation needs a turn to answer. */
    private void finish(ObjectNode body) {
        rounds.flush(messages);
        if (attachments.size() > MOST_FILES) {
            throw Refusal.of(
                    "messages",
                    "GigaChat takes at most " + MOST_FILES + " files in a conversation, there are "
                            + attachments.size());
        }
        if (messages.isEmpty() && instructions.isEmpty()) {
            throw Refusal.of("messages", "the conversation is empty; add a user message with some content");
        }
        ArrayNode all = body.putArray("messages");
        if (!instructions.isEmpty()) {
            all.addObject()
                    .put("role", messages.isEmpty() ? "user" : "system")
                    .put("content", String.join("\n\n", instructions));
        }
        all.addAll(messages);
    }
}
