package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Perplexity's whole answers have of their own: sources with titles, and thoughts in front of the text. Stateless. */
final class SonarAnswer {
    private SonarAnswer() {}

    static ChatResponse read(ChatResponse answer) {
        Sources sources = new Sources();
        sources.learn(answer.extra());
        List<Choice> choices = new ArrayList<>(answer.choices().size());
        for (Choice choice : answer.choices()) {
            choices.add(read(choice, sources, choices.isEmpty()));
        }
        return answer.toBuilder().choices(choices).build();
    }

    private static Choice read(Choice choice, Sources sources, boolean first) {
        Message.Assistant message = choice.message();
        List<Citation> citations =
                first && message.citations().isEmpty() ? sources.results() : sources.titled(message.citations());
        Message.Assistant.Builder read = Message.Assistant.builder()
                .name(message.name())
                .refusal(message.refusal())
                .toolCalls(message.toolCalls())
                .citations(citations)
                .extra(message.extra());
        split(message, read);
        return new Choice(
                choice.index(), read.build(), choice.finishReason(), choice.logprobs(), withoutDelta(choice.extra()));
    }

    private static void split(Message.Assistant message, Message.Assistant.Builder read) {
        read.content(message.content()).reasoning(message.reasoning());
        if (message.content().isEmpty() || !(message.content().get(0) instanceof Part.Text text)) {
            return;
        }
        ThinkSplitter splitter = new ThinkSplitter();
        StringBuilder thoughts = new StringBuilder();
        StringBuilder rest = new StringBuilder();
        List<ThinkSplitter.Piece> pieces = new ArrayList<>(splitter.accept(text.text()));
        pieces.addAll(splitter.end());
        pieces.forEach(piece -> (piece.thought() ? thoughts : rest).append(piece.text()));
        if (rest.length() == text.text().length()) {
            return;
        }
        List<Part> content = new ArrayList<>(message.content());
        content.set(0, new Part.Text(rest.toString(), text.extra()));
        read.content(content);
        if (message.reasoning() == null && !thoughts.isEmpty()) {
            read.reasoning(thoughts.toString());
        }
    }

    /** Whole answers have an empty {@code delta} in each choice, a left-over of Perplexity's streams. */
    private static Map<String, Object> withoutDelta(Map<String, Object> extra) {
        if (!extra.containsKey("delta")) {
            return extra;
        }
        Map<String, Object> rest = new LinkedHashMap<>(extra);
        rest.remove("delta");
        return rest;
    }
}
