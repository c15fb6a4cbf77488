package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.SseEvent;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.TransportException.Reason;
import dev.hypergateway.transport.UpstreamHeaders;
import dev.hypergateway.transport.UpstreamStream;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the end of the connection is judged; everything else about streams is in {@link GeminiProviderTest}. */
class GeminiStreamTest {
    private static final String HEL = "{'candidates': [{'content': {'parts': [{'text': 'Hel'}]}}]}";
    private static final String LO =
            "{'candidates': [{'content': {'parts': [{'text': 'lo'}]}, 'finishReason': 'STOP'}]}";

    private final LoopbackGemini client = new LoopbackGemini();
    private final ProviderCall call = client.call("gemini-2.5-flash");

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void a_broken_connection_before_content_is_an_outage() {
        assertThat(failureAfter(Reason.BROKEN)).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void a_broken_connection_after_content_is_an_interruption() {
        assertThat(failureAfter(Reason.BROKEN, HEL)).isEqualTo(FailureKind.INTERRUPTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"BROKEN", "IDLE_TIMEOUT", "TOTAL_TIMEOUT"})
    void whatever_happens_to_the_connection_after_the_finish_reason_the_answer_is_whole(Reason reason) {
        List<ChatEvent> events = read(new Upstream(reason, HEL, LO));

        assertThat(events).last().isEqualTo(new ChatEvent.Finish(0, FinishReason.STOP));
    }

    @Test
    void a_cancelled_stream_stays_cancelled_even_after_the_finish_reason() {
        assertThat(failureAfter(Reason.CANCELLED, HEL, LO)).isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void closing_ends_the_exchange() {
        Upstream upstream = new Upstream(Reason.BROKEN);

        stream(upstream).close();

        assertThat(upstream.closed).isTrue();
    }

    private FailureKind failureAfter(Reason reason, String... events) {
        return assertThatCode(() -> read(new Upstream(reason, events)))
                .asInstanceOf(InstanceOfAssertFactories.type(ProviderException.class))
                .actual()
                .failure()
                .kind();
    }

    private List<ChatEvent> read(Upstream upstream) {
        List<ChatEvent> events = new ArrayList<>();
        try (GeminiStream stream = stream(upstream)) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                if (event.isContent()) {
                    call.control().markContent();
                }
                events.add(event);
            }
        }
        return events;
    }

    private GeminiStream stream(Upstream upstream) {
        return new GeminiStream(call, upstream, Answers.fresh(), new GeminiErrorClassifier(Clock.systemUTC()));
    }

    /** Events, and then trouble. */
    private static final class Upstream implements UpstreamStream {
        private final Reason trouble;
        private final Queue<SseEvent> events = new ArrayDeque<>();
        private boolean closed;

        Upstream(Reason trouble, String... events) {
            this.trouble = trouble;
            for (String event : events) {
                this.events.add(new SseEvent(null, event.replace('\'', '"'), null));
            }
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public UpstreamHeaders headers() {
            return UpstreamHeaders.of(Map.of());
        }

        @Override
        public SseEvent next() {
            if (events.isEmpty()) {
                throw new TransportException(trouble, "trouble", null);
            }
            return events.remove();
        }

        @Override
        public byte[] readBody(int limit) {
            throw new AssertionError("not a plain body");
        }

        @Override
        public int peek() {
            return 'd';
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
