package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.answer;
import static dev.hypergateway.ScriptedProvider.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor that is down for a while, then healthy, while a client calls once a second. */
class FlappingVendorTest {
    /** What opens the endpoint's breaker. */
    private static final int OPENING_FAILURES = 5;

    private final VirtualTime time = new VirtualTime();
    private final ScriptedProvider alpha = new ScriptedProvider("alpha");
    private final ScriptedProvider beta = new ScriptedProvider("beta").on("*", answer("from beta"));
    private final Gateway gateway = Gateway.builder()
            .provider(alpha)
            .provider(beta)
            .keyStore(new InMemoryKeyStore(time))
            .route("both", "alpha/m", "beta/m")
            .time(time.source())
            .build();
    private Instant back = VirtualTime.START;
    private Duration failsAfter = Duration.ZERO;
    private int requestsWhileDown;

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "3, false", "3, true"})
    void the_fallback_answers_meanwhile_and_the_vendor_soon_after_its_return(int keys, boolean streamed) {
        ProviderKey selected = keys(keys);
        downFor(Duration.ofSeconds(60));

        List<Call> calls = callsFor(Duration.ofSeconds(150), streamed);

        assertThat(calls)
                .filteredOn(call -> call.at().isBefore(back))
                .allMatch(call -> call.text().equals("from beta"));
        Instant backInUse = calls.stream()
                .filter(call -> call.text().equals("from alpha"))
                .map(Call::at)
                .findFirst()
                .orElseThrow();
        assertThat(Duration.between(back, backInUse)).isLessThan(Duration.ofSeconds(30));
        assertThat(calls)
                .filteredOn(call -> !call.at().isBefore(backInUse))
                .allMatch(call -> call.text().equals("from alpha"));
        // Probes after 5, 10, 20 and then every 20 s.
        assertThat(requestsWhileDown).isBetween(OPENING_FAILURES, OPENING_FAILURES + 4);
        assertThat(gateway.keys().list(Owner.LOCAL))
                .as("an outage is no key's fault")
                .allMatch(key -> key.health().isEmpty());
        assertThat(gateway.keys()
                        .find(Owner.LOCAL, selected.id())
                        .orElseThrow()
                        .key()
                        .selected())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9})
    void however_long_it_was_away_it_is_in_use_again_within_half_a_minute(int secondsUntilItFails) {
        failsAfter = Duration.ofSeconds(secondsUntilItFails);
        keys(1);
        for (int seconds = 1; seconds < 200; seconds += 3) {
            downFor(Duration.ofSeconds(seconds));
            List<Call> calls = callsFor(Duration.ofSeconds(seconds + 30));
            assertThat(calls.get(calls.size() - 1).text())
                    .as("30 s after an outage of %d s", seconds)
                    .isEqualTo("from alpha");
        }
    }

    @Test
    void without_a_fallback_calls_fail_at_once_and_the_first_one_after_the_return_is_answered() {
        keys(3);
        downFor(Duration.ofSeconds(60));

        int failed = 0;
        while (time.instant().isBefore(back)) {
            Instant begin = time.instant();
            assertThatThrownBy(() -> gateway.chat("alpha/m", "hi"))
                    .isInstanceOfSatisfying(
                            AllKeysFailedException.class,
                            e -> assertThat(e.retryAfter()).isPresent());
            assertThat(Duration.between(begin, time.instant())).isLessThan(Duration.ofSeconds(2));
            time.advance(Duration.ofSeconds(1));
            failed++;
        }

        assertThat(gateway.chat("alpha/m", "hi").text()).isEqualTo("from alpha");
        assertThat(requestsWhileDown)
                .as("one request for each call once the endpoint is known to be down")
                .isLessThanOrEqualTo(OPENING_FAILURES + failed);
    }

    private void downFor(Duration outage) {
        back = time.instant().plus(outage);
        requestsWhileDown = 0;
        alpha.on("*", events(call -> {
            if (!time.instant().isBefore(back)) {
                return List.of(
                        new ChatEvent.Start("id-1", Instant.EPOCH, call.model()),
                        new ChatEvent.TextDelta(0, "from alpha"),
                        new ChatEvent.Finish(0, FinishReason.STOP));
            }
            requestsWhileDown++;
            Runnable wait = () -> time.advance(failsAfter);
            return List.of(
                    wait,
                    Failure.builder(FailureKind.UNAVAILABLE, "down")
                            .httpStatus(503)
                            .build());
        }));
    }

    private List<Call> callsFor(Duration span) {
        return callsFor(span, false);
    }

    /** A call every second. */
    private List<Call> callsFor(Duration span, boolean streamed) {
        List<Call> calls = new ArrayList<>();
        Instant end = time.instant().plus(span);
        while (!time.instant().isAfter(end)) {
            Instant at = time.instant();
            calls.add(new Call(at, streamed ? stream() : chat()));
            time.advance(Duration.ofSeconds(1));
        }
        return calls;
    }

    private String chat() {
        return gateway.chat("both", "hi").text();
    }

    private String stream() {
        try (ChatStream stream = gateway.stream(ChatRequest.of("both", "hi"))) {
            return stream.response().text();
        }
    }

    /** The first of the keys. */
    private ProviderKey keys(int count) {
        List<ProviderKey> keys = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            keys.add(key("alpha", "alpha-secret-" + i));
        }
        key("beta", "beta-secret");
        return keys.get(0);
    }

    private ProviderKey key(String provider, String secret) {
        return gateway.keys().add(Owner.LOCAL, new NewProviderKey(provider, Secret.of(secret), secret));
    }

    private record Call(Instant at, String text) {}
}
