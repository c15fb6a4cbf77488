package dev.hypergateway.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class DemoTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    private final List<AuditEvent> trail = new CopyOnWriteArrayList<>();

    @Test
    void each_call_is_answered_by_the_good_key_after_the_others_failed() throws Exception {
        try (Demo demo = Demo.start("127.0.0.1", 0, trail::add)) {
            assertThat(new DemoTour(demo, out).run()).isTrue();
        }

        assertThat(shown())
                .contains(
                        "You asked: Why is the sky blue?",
                        "You asked: Who was Ada Lovelace?",
                        "You asked: What is a stream?")
                .contains("google:CREDENTIAL_REJECTED(400), google:RATE_LIMITED(429), google:QUOTA_EXHAUSTED(429)")
                .contains("xai:CREDENTIAL_REJECTED(400), xai:RATE_LIMITED(429), xai:QUOTA_EXHAUSTED(429)")
                .contains("google:UNAVAILABLE(503)")
                .contains("Selected key 'good key' by automatic failover from key 'dead key'");
        assertThat(shown().split("served by \"good key\"", -1)).hasSize(4);
        assertThat(trail).extracting(AuditEvent::action).contains(AuditAction.UNSELECT, AuditAction.SELECT);
    }

    @Test
    void the_commands_can_be_pasted_as_they_are() {
        try (Demo demo = Demo.start("127.0.0.1", 0, trail::add)) {
            new DemoTour(demo, out).printCommands();

            assertThat(shown().lines().filter(line -> line.startsWith("curl ")))
                    .hasSize(4)
                    .allSatisfy(line -> assertThat(line)
                            .contains(demo.uri().toString(), "'Authorization: Bearer " + demo.gatewayKey() + "'"));
        }
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
