package dev.hypergateway.examples.echo;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.Cancellation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One echo as events: start, a delta for each word, finish, usage. A word is a token. One thread reads. */
final class EchoStream implements ProviderStream {
    private static final Pattern WORD = Pattern.compile("\\s*\\S+");

    private final Deque<ChatEvent> events = new ArrayDeque<>();
    private final Cancellation cancellation;

    EchoStream(ChatRequest request, ProviderCall call) {
        this.cancellation = call.control().cancellation();
        String text = untilStop(lastUserText(request), request.stop());
        List<String> words = words(text);
        int spoken = Math.min(words.size(), request.completionLimit().orElse(Integer.MAX_VALUE));
        events.add(new ChatEvent.Start(
                "echo-" + UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.SECONDS), call.model()));
        words.subList(0, spoken).forEach(word -> events.add(new ChatEvent.TextDelta(0, word)));
        events.add(new ChatEvent.Finish(0, spoken < words.size() ? FinishReason.LENGTH : FinishReason.STOP));
        events.add(new ChatEvent.UsageReport(Usage.builder()
                .promptTokens(request.messages().stream()
                        .mapToInt(message -> words(message.text()).size())
                        .sum())
                .completionTokens(spoken)
                .build()));
    }

    @Override
    public @Nullable ChatEvent next() {
        if (cancellation.isCancelled()) {
            throw new ProviderException(Failure.of(FailureKind.CANCELLED, "the caller cancelled the call"));
        }
        return events.poll();
    }

    @Override
    public void close() {
        // There is no connection to end. A reader on another thread sees the cancellation, not this.
    }

    private static String lastUserText(ChatRequest request) {
        List<Message> said = request.messages().stream()
                .filter(message -> message instanceof Message.User)
                .toList();
        return said.isEmpty() ? "" : said.get(said.size() - 1).text();
    }

    private static String untilStop(String text, List<String> stops) {
        int end = text.length();
        for (String stop : stops) {
            int at = text.indexOf(stop);
            end = at >= 0 && at < end ? at : end;
        }
        return text.substring(0, end);
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }
}
