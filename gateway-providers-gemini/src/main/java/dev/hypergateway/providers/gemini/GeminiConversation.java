package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.provider.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a conversation into Gemini's {@code contents} and {@code systemInstruction}. Instructions are gathered from wherever they
 * stand; neighbouring turns of the same side become one content with several parts, because Gemini wants the sides to alternate.
 * For one request; not thread-safe.
 */
final class GeminiConversation {
    private final GeminiModelName model;
    private final PastSignatures signatures;
    private final GeminiParts parts = new GeminiParts();
    private final ToolRound round;
    private final ArrayNode contents = GeminiJson.object().putArray("contents");
    private final List<String> instructions = new ArrayList<>();

    private GeminiConversation(GeminiModelName model, PastSignatures signatures) {
        this.model = model;
        this.signatures = signatures;
        this.round = new ToolRound(model, parts, signatures);
    }

    /**
     * Puts the conversation into the body.
     *
     * @return the attachments in it
     */
    static List<Attachment> write(
            List<Message> messages, GeminiModelName model, PastSignatures signatures, ObjectNode body) {
        GeminiConversation conversation = new GeminiConversation(model, signatures);
        for (int i = 0; i < messages.size(); i++) {
            conversation.add(messages.get(i), "messages[" + i + "]");
            signatures.passed(messages.get(i));
        }
        conversation.finish(body);
        return conversation.parts.attachments();
    }

    private void add(Message message, String param) {
        if (message instanceof Message.ToolResult result) {
            round.add(result, param);
            return;
        }
        append("user", round.results());
        if (message instanceof Message.System || message instanceof Message.Developer) {
            instruct(message, param);
        } else if (message instanceof Message.User) {
            append("user", content(message, param));
        } else if (message instanceof Message.Assistant assistant) {
            append("model", answer(assistant, param));
        } else {
            throw Refusal.of(
                    param + ".role",
                    "Gemini has no role '" + message.role() + "'; use system, developer, user, assistant or tool");
        }
    }

    private void instruct(Message message, String param) {
        List<Part> content = message.content();
        for (int i = 0; i < content.size(); i++) {
            if (!(content.get(i) instanceof Part.Text)) {
                throw Refusal.of(
                        param + ".content[" + i + "]",
                        "a " + message.role() + " message can hold only text for Gemini, not a part of type '"
                                + content.get(i).type() + "'; move it to a user message");
            }
        }
        if (!message.text().isBlank()) {
            instructions.add(message.text());
        }
    }

    /** Empty texts are left out: Gemini answers 400 to a part without data. */
    private List<ObjectNode> content(Message message, String param) {
        List<ObjectNode> written = new ArrayList<>(message.content().size());
        for (int i = 0; i < message.content().size(); i++) {
            Part part = message.content().get(i);
            if (!(part instanceof Part.Text text && text.text().isEmpty())) {
                written.add(parts.of(part, param + ".content[" + i + "]"));
            }
        }
        return written;
    }

    private List<ObjectNode> answer(Message.Assistant message, String param) {
        List<ObjectNode> written = new ArrayList<>(GooglesExtra.parts(message.extra()));
        written.addAll(content(message, param));
        String refusal = message.refusal();
        if (refusal != null && !refusal.isEmpty()) {
            written.add(GeminiParts.text(refusal));
        }
        String signature = GooglesExtra.signature(message.extra());
        if (message.toolCalls().isEmpty() && !written.isEmpty()) {
            String known = signature != null ? signature : signatures.ofText(message);
            if (known != null) {
                written.get(written.size() - 1).put("thoughtSignature", known);
            }
        }
        written.addAll(round.begin(message.toolCalls(), signature, param));
        return written;
    }

    private void append(String role, List<ObjectNode> written) {
        if (written.isEmpty()) {
            return;
        }
        JsonNode last = contents.path(contents.size() - 1);
        ArrayNode target = last.path("role").asText().equals(role) && last.get("parts") instanceof ArrayNode open
                ? open
                : contents.addObject().put("role", role).putArray("parts");
        target.addAll(written);
    }

    /** Gemini refuses a request without contents, so instructions that stand alone are asked as a question. */
    private void finish(ObjectNode body) {
        append("user", round.results());
        List<ObjectNode> instruction =
                instructions.isEmpty() ? List.of() : List.of(GeminiParts.text(String.join("\n\n", instructions)));
        if (contents.isEmpty()) {
            if (instruction.isEmpty()) {
                throw Refusal.of("messages", "the conversation is empty; add a user message with some content");
            }
            append("user", instruction);
        } else if (!instruction.isEmpty() && model.takesInstructions()) {
            body.putObject("systemInstruction").putArray("parts").addAll(instruction);
        } else if (!instruction.isEmpty()) {
            instructInFront(instruction.get(0));
        }
        body.set("contents", contents);
    }

    /** Where a model has no place for instructions, they stand before the first words of the user. */
    private void instructInFront(ObjectNode instruction) {
        JsonNode first = contents.get(0);
        if (first.path("role").asText().equals("user") && first.get("parts") instanceof ArrayNode open) {
            open.insert(0, instruction);
        } else {
            contents.insertObject(0).put("role", "user").putArray("parts").add(instruction);
        }
    }
}
