package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.transport.TransportException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendGuardTest {
    private final SendGuard guard = new SendGuard();

    @AfterEach
    void clearFlag() {
        Thread.interrupted();
    }

    @Test
    void interrupts_the_sender_and_takes_the_interrupt_back() {
        guard.fire(Reason.HEADERS_TIMEOUT);
        assertThat(flag()).isTrue();

        assertThat(guard.disarm(false)).isEqualTo(Reason.HEADERS_TIMEOUT);
        assertThat(flag()).isFalse();
    }

    @Test
    void keeps_the_first_reason() {
        guard.fire(Reason.CANCELLED);
        guard.fire(Reason.HEADERS_TIMEOUT);
        assertThat(guard.disarm(false)).isEqualTo(Reason.CANCELLED);
    }

    @Test
    void does_nothing_after_it_is_disarmed() {
        assertThat(guard.disarm(false)).isNull();
        guard.fire(Reason.CANCELLED);
        assertThat(flag()).isFalse();
    }

    @Test
    void restores_an_interrupt_from_elsewhere_that_an_exception_has_taken() {
        assertThat(guard.disarm(true)).isNull();
        assertThat(flag()).isTrue();
    }

    @Test
    void leaves_an_interrupt_from_elsewhere_that_nobody_has_taken() {
        Thread.currentThread().interrupt();
        assertThat(guard.disarm(false)).isNull();
        assertThat(flag()).isTrue();
    }

    @Test
    void takes_back_no_interrupt_that_an_exception_has_taken_already() {
        guard.fire(Reason.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(guard.disarm(true)).isEqualTo(Reason.CANCELLED);
        assertThat(flag()).isFalse();
    }

    @Test
    void leaves_one_of_two_interrupts_when_one_was_not_its_own() {
        guard.fire(Reason.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        assertThat(guard.disarm(true)).isEqualTo(Reason.CANCELLED);
        assertThat(flag()).isTrue();
    }

    private static boolean flag() {
        return Thread.currentThread().isInterrupted();
    }
}
