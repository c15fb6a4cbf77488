package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileCacheTest {
    private final Ticking clock = new Ticking();
    private final FileCache files = new FileCache(clock);

    @Test
    void knows_what_was_uploaded() {
        files.put("hash", "id");

        assertThat(files.find("hash")).isEqualTo("id");
        assertThat(files.find("other")).isNull();
        assertThat(files.takeOld()).isEmpty();
    }

    @Test
    void hands_out_what_was_not_used_for_an_hour_once() {
        files.put("old", "id-1");
        files.put("used", "id-2");
        clock.pass(Duration.ofMinutes(50));
        files.find("used");
        clock.pass(Duration.ofMinutes(20));

        assertThat(files.takeOld()).containsExactly("id-1");
        assertThat(files.takeOld()).isEmpty();
        assertThat(files.find("old")).isNull();
        assertThat(files.find("used")).isEqualTo("id-2");
    }

    @Test
    void hands_out_the_oldest_of_too_many() {
        for (int i = 0; i < 1002; i++) {
            files.put("hash-" + i, "id-" + i);
        }
        files.find("hash-0");

        assertThat(files.takeOld()).containsExactlyInAnyOrder("id-1", "id-2");
    }

    @Test
    void hands_out_the_twin_of_a_file_that_two_calls_have_uploaded() {
        files.put("hash", "id-1");
        files.put("hash", "id-2");

        assertThat(files.find("hash")).isEqualTo("id-2");
        clock.pass(Duration.ofHours(2));
        assertThat(files.takeOld()).containsExactlyInAnyOrder("id-1", "id-2");
    }

    @Test
    void forgets_what_is_gone() {
        files.put("hash", "id");
        files.forget(Set.of("id"));

        assertThat(files.find("hash")).isNull();
    }

    private static final class Ticking extends Clock {
        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
