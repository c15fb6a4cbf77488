package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.answer;
import static dev.hypergateway.ScriptedProvider.events;
import static dev.hypergateway.ScriptedProvider.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayStreamTest {
    private static final ChatRequest REQUEST = ChatRequest.of("alpha/m", "hi");
    private static final ChatEvent.Start START = new ChatEvent.Start("id-1", Instant.EPOCH, "vendor's name");
    private static final Failure CUT = Failure.of(FailureKind.INTERRUPTED, "connection reset");

    private final VirtualTime time = new VirtualTime();
    private final ScriptedProvider alpha = new ScriptedProvider("alpha");
    private final Gateway gateway =
            Gateway.builder().provider(alpha).time(time.source()).build();

    @BeforeEach
    void twoKeys() {
        gateway.keys().add(Owner.LOCAL, new NewProviderKey("alpha", Secret.of("key-a"), "a"));
        gateway.keys().add(Owner.LOCAL, new NewProviderKey("alpha", Secret.of("key-b"), "b"));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void nothing_is_sent_before_the_stream_is_read() {
        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThat(alpha.attempts()).isEmpty();
            assertThat(stream.text()).isEqualTo("ok");
        }
        assertThat(alpha.attempts()).hasSize(1);
    }

    @Test
    void events_come_in_the_promised_order_whatever_the_provider_does() {
        Usage usage = Usage.builder().promptTokens(3).completionTokens(4).build();
        alpha.on(
                "key-a",
                events(call -> List.of(
                        new ChatEvent.UsageReport(usage),
                        START,
                        new ChatEvent.TextDelta(0, "a"),
                        START,
                        new ChatEvent.TextDelta(1, "b"),
                        new ChatEvent.Finish(0, FinishReason.STOP),
                        new ChatEvent.Finish(0, FinishReason.LENGTH),
                        new ChatEvent.Finish(1, FinishReason.LENGTH))));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            List<ChatEvent> seen = new ArrayList<>();
            stream.forEach(seen::add);
            assertThat(seen.get(0))
                    .isInstanceOfSatisfying(
                            ChatEvent.Start.class,
                            start -> assertThat(start.model()).isEqualTo("alpha/m"));
            assertThat(seen.subList(1, seen.size()))
                    .containsExactly(
                            new ChatEvent.TextDelta(0, "a"),
                            new ChatEvent.TextDelta(1, "b"),
                            new ChatEvent.Finish(0, FinishReason.STOP),
                            new ChatEvent.Finish(1, FinishReason.LENGTH),
                            new ChatEvent.UsageReport(usage));
            ChatResponse response = stream.response();
            assertThat(response.choices()).hasSize(2);
            assertThat(response.usage()).contains(usage);
            assertThat(response.model()).isEqualTo("alpha/m");
        }
    }

    @Test
    void failures_before_the_first_content_are_invisible() {
        alpha.on(
                "key-a",
                events(call -> List.of(
                        START,
                        new ChatEvent.TextDelta(0, ""),
                        Failure.builder(FailureKind.RATE_LIMITED, "error chunk in a 200")
                                .httpStatus(200)
                                .build())));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThat(stream.text()).isEqualTo("ok");
            assertThat(stream.trace().attempts())
                    .extracting(Attempt::failure)
                    .containsExactly(FailureKind.RATE_LIMITED, null);
        }
    }

    @Test
    void an_empty_stream_is_a_failure_before_content() {
        alpha.on("key-a", events(call -> List.of()), answer("second attempt"));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThat(stream.text()).isEqualTo("second attempt");
        }
    }

    @Test
    void a_cut_after_content_is_an_interruption_with_the_partial_answer_and_no_second_attempt() {
        alpha.on("key-a", events(call -> List.of(START, new ChatEvent.TextDelta(0, "half an "), CUT)));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            List<ChatEvent> seen = new ArrayList<>();
            StreamInterruptedException e =
                    catchThrowableOfType(StreamInterruptedException.class, () -> stream.forEach(seen::add));
            assertThat(e.status()).isEqualTo(502);
            assertThat(e.partial().text()).isEqualTo("half an ");
            assertThat(e.partial().finishReason()).isEmpty();
            assertThat(e).hasMessageContaining("connection reset");
            assertThat(seen).hasSize(2);
            assertThatThrownBy(stream::text).isSameAs(e);
        }
        assertThat(alpha.attempts()).hasSize(1);
    }

    @Test
    void an_end_without_a_finish_is_an_interruption() {
        alpha.on("key-a", events(call -> List.of(START, new ChatEvent.TextDelta(0, "half"))));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThatThrownBy(stream::text).isInstanceOf(StreamInterruptedException.class);
        }
    }

    @Test
    void open_fails_with_the_true_reason_before_anything_is_promised() {
        alpha.on("*", fail(FailureKind.CREDENTIAL_REJECTED, 401));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThatThrownBy(stream::open).isInstanceOf(AllKeysFailedException.class);
            assertThatThrownBy(stream::text).isInstanceOf(AllKeysFailedException.class);
        }
        assertThat(alpha.attempts()).hasSize(2);
    }

    @Test
    void closing_before_the_first_use_sends_nothing() {
        ChatStream stream = gateway.stream(REQUEST);
        stream.close();
        stream.close();

        assertThatThrownBy(stream::text).isInstanceOf(CallCancelledException.class);
        assertThat(alpha.attempts()).isEmpty();
    }

    @Test
    void closing_while_a_vendor_is_silent_ends_the_call() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        alpha.on("key-a", events(call -> {
            call.control().cancellation().onCancel(closed::countDown);
            waiting.countDown();
            awaitUninterruptibly(closed);
            return List.of(Failure.of(FailureKind.UNAVAILABLE, "whatever the transport says"));
        }));
        ChatStream stream = gateway.stream(REQUEST);
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                stream.text();
            } catch (RuntimeException e) {
                seen.set(e);
            }
        });
        reader.start();
        waiting.await();

        stream.close();
        reader.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(seen.get()).isInstanceOf(CallCancelledException.class);
        assertThat(alpha.attempts()).hasSize(1);
    }

    @Test
    void closing_in_the_middle_stops_reading() {
        alpha.on(
                "key-a",
                events(call -> List.of(
                        START,
                        new ChatEvent.TextDelta(0, "one"),
                        new ChatEvent.TextDelta(0, "two"),
                        new ChatEvent.Finish(0, FinishReason.STOP))));

        ChatStream stream = gateway.stream(REQUEST);
        var events = stream.iterator();
        events.next();
        events.next();
        stream.close();

        assertThatThrownBy(events::hasNext).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void the_publisher_delivers_on_demand_and_cancelling_closes_the_stream() throws InterruptedException {
        alpha.on(
                "key-a",
                events(call -> List.of(
                        START,
                        new ChatEvent.TextDelta(0, "one"),
                        new ChatEvent.TextDelta(0, "two"),
                        new ChatEvent.Finish(0, FinishReason.STOP))));
        LinkedBlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
        Flow.Publisher<ChatEvent> publisher = gateway.stream(REQUEST).publisher();

        publisher.subscribe(recorder(seen, subscription));
        assertThat(poll(seen)).isEqualTo("subscribed");
        subscription.get().request(2);
        assertThat(poll(seen)).isInstanceOf(ChatEvent.Start.class);
        assertThat(poll(seen)).isEqualTo(new ChatEvent.TextDelta(0, "one"));
        subscription.get().request(Long.MAX_VALUE);
        assertThat(poll(seen)).isEqualTo(new ChatEvent.TextDelta(0, "two"));
        assertThat(poll(seen)).isInstanceOf(ChatEvent.Finish.class);
        assertThat(poll(seen)).isEqualTo("completed");

        publisher.subscribe(recorder(seen, subscription));
        assertThat(poll(seen)).isEqualTo("subscribed");
        assertThat(poll(seen)).isInstanceOf(IllegalStateException.class);
    }

    private static Flow.Subscriber<ChatEvent> recorder(
            LinkedBlockingQueue<Object> seen, AtomicReference<Flow.Subscription> subscription) {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription.set(given);
                seen.add("subscribed");
            }

            @Override
            public void onNext(ChatEvent item) {
                seen.add(item);
            }

            @Override
            public void onError(Throwable throwable) {
                seen.add(throwable);
            }

            @Override
            public void onComplete() {
                seen.add("completed");
            }
        };
    }

    private static Object poll(LinkedBlockingQueue<Object> queue) throws InterruptedException {
        Object item = queue.poll(30, TimeUnit.SECONDS);
        assertThat(item).as("next signal").isNotNull();
        return item;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
