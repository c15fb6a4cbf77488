package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecordingAuditListenerTest {
    private final RecordingAuditListener listener = new RecordingAuditListener();

    @Test
    void events_are_kept_in_order() {
        listener.onEvent(event(AuditAction.UNSELECT, "first"));
        listener.onEvent(event(AuditAction.SELECT, "second"));

        assertThat(listener.descriptions()).containsExactly("first", "second");
        assertThat(listener.actions()).containsExactly(AuditAction.UNSELECT, AuditAction.SELECT);
        assertThat(listener.events(AuditAction.SELECT)).hasSize(1);
        listener.clear();
        assertThat(listener.events()).isEmpty();
    }

    @Test
    void a_waiting_thread_learns_of_an_event() {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(
                () -> listener.await(event -> event.description().equals("it"), Duration.ofSeconds(20)));
        listener.onEvent(event(AuditAction.ADD, "other"));
        listener.onEvent(event(AuditAction.ADD, "it"));

        assertThat(waiting.join()).isTrue();
        assertThat(listener.awaitCount(2, Duration.ZERO)).isTrue();
        assertThat(listener.awaitCount(3, Duration.ofMillis(1))).isFalse();
    }

    private static AuditEvent event(AuditAction action, String description) {
        return new AuditEvent(UUID.randomUUID(), Instant.EPOCH, "owner", action, "google", null, description);
    }
}
