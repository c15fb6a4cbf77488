package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.providers.gemini.SignatureStore.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignatureStoreTest {
    private static final GeminiModelName MODEL = GeminiModelName.of("gemini-3-flash-preview");

    private Instant now = Answers.NOW;
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @Test
    void finds_what_was_kept_for_the_same_model() {
        SignatureStore store = new SignatureStore(clock, 10_000);
        Kept kept = new Kept(MODEL.id(), "SIG", "google-1");
        store.keep("call_1", kept);

        assertThat(store.find("call_1", MODEL)).isEqualTo(kept);
        assertThat(store.find("call_2", MODEL)).isNull();
        assertThat(store.find("call_1", GeminiModelName.of("gemini-3.1-pro-preview")))
                .isNull();
    }

    @Test
    void forgets_what_was_not_asked_for_in_a_day() {
        SignatureStore store = new SignatureStore(clock, 10_000);
        store.keep("old", new Kept(MODEL.id(), "SIG", null));
        store.keep("used", new Kept(MODEL.id(), "SIG", null));
        now = now.plus(Duration.ofHours(20));
        store.find("used", MODEL);
        now = now.plus(Duration.ofHours(20));

        assertThat(store.find("old", MODEL)).isNull();
        assertThat(store.find("used", MODEL)).isNotNull();
    }

    @Test
    void holds_no_more_than_its_size_however_many_or_large_the_signatures_are() {
        SignatureStore store = new SignatureStore(clock, 10_000);
        IntStream.range(0, 1000).forEach(i -> store.keep("call_" + i, new Kept(MODEL.id(), "S".repeat(800), null)));
        store.keep("huge", new Kept(MODEL.id(), "S".repeat(20_000), null));

        assertThat(IntStream.range(0, 1000).filter(i -> store.find("call_" + i, MODEL) != null))
                .hasSizeBetween(1, 10);
        assertThat(store.find("huge", MODEL)).isNull();
    }

    @Test
    void forgets_what_it_is_told_to() {
        SignatureStore store = new SignatureStore(clock, 10_000);
        store.keep("call_1", new Kept(MODEL.id(), "SIG", null));

        store.forget(List.of("call_1"));

        assertThat(store.find("call_1", MODEL)).isNull();
    }

    @Test
    void shows_no_signature() {
        assertThat(new Kept(MODEL.id(), "SIGNATURE", null).toString()).doesNotContain("SIGNATURE");
    }
}
