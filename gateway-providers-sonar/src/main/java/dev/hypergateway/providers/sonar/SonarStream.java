package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.provider.ProviderStream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Perplexity's streams have of their own: sources with titles, each once, and thoughts in front of the text. What every
 * chunk repeats (the text so far, citations, search results, usage) has been sorted out below already.
 */
final class SonarStream implements ProviderStream {
    private final ProviderStream events;
    private final Queue<ChatEvent> ready = new ArrayDeque<>();
    private final Map<Integer, ThinkSplitter> splitters = new HashMap<>();
    private final Sources sources = new Sources();
    private final Set<String> cited = new HashSet<>();
    private ChatEvent.@Nullable Citations heldBack;
    private boolean ended;

    SonarStream(ProviderStream events) {
        this.events = events;
    }

    @Override
    public @Nullable ChatEvent next() {
        while (ready.isEmpty() && !ended) {
            ChatEvent event = events.next();
            cite(event);
            if (event == null) {
                ended = true;
            } else {
                take(event);
            }
        }
        return ready.poll();
    }

    @Override
    public boolean isReady() {
        return !ready.isEmpty() || (!ended && events.isReady());
    }

    @Override
    public void close() {
        events.close();
    }

    /** Citations wait for one event, because the titles come right behind them. */
    private void cite(@Nullable ChatEvent event) {
        boolean aboutAnswer = false;
        if (event instanceof ChatEvent.Extra extra && extra.choice() == ChatEvent.Extra.WHOLE_ANSWER) {
            aboutAnswer = true;
            sources.learn(extra.fields());
        }
        ChatEvent.Citations held = heldBack;
        if (held != null) {
            heldBack = null;
            emit(held.choice(), sources.titled(held.citations()));
        } else if (aboutAnswer && cited.isEmpty()) {
            emit(0, sources.results());
        }
    }

    private void emit(int choice, List<Citation> citations) {
        List<Citation> fresh =
                citations.stream().filter(citation -> cited.add(citation.url())).toList();
        if (!fresh.isEmpty()) {
            ready.add(new ChatEvent.Citations(choice, fresh));
        }
    }

    private void take(ChatEvent event) {
        if (event instanceof ChatEvent.Citations citations) {
            heldBack = citations;
        } else if (event instanceof ChatEvent.TextDelta delta) {
            split(delta);
        } else {
            if (event instanceof ChatEvent.Finish finish) {
                finish(finish.choice());
            }
            ready.add(event);
        }
    }

    private void split(ChatEvent.TextDelta delta) {
        Map<String, Object> logprobs = delta.logprobs();
        for (ThinkSplitter.Piece piece : splitter(delta.choice()).accept(delta.text())) {
            if (piece.thought()) {
                ready.add(new ChatEvent.ReasoningDelta(delta.choice(), piece.text()));
            } else {
                ready.add(new ChatEvent.TextDelta(delta.choice(), piece.text(), logprobs));
                logprobs = null;
            }
        }
        if (logprobs != null) {
            ready.add(new ChatEvent.TextDelta(delta.choice(), "", logprobs));
        }
    }

    private void finish(int choice) {
        for (ThinkSplitter.Piece piece : splitter(choice).end()) {
            ready.add(
                    piece.thought()
                            ? new ChatEvent.ReasoningDelta(choice, piece.text())
                            : new ChatEvent.TextDelta(choice, piece.text()));
        }
    }

    private ThinkSplitter splitter(int choice) {
        return splitters.computeIfAbsent(choice, unused -> new ThinkSplitter());
    }
}
