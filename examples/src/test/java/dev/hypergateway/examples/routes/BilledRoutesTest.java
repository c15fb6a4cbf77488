package dev.hypergateway.examples.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.examples.Console;
import java.util.List;
import org.junit.jupiter.api.Test;

class BilledRoutesTest {
    @Test
    void a_story_that_broke_off_is_finished_by_another_vendor_and_a_broken_vendor_is_left_at_once() throws Exception {
        List<String> lines =
                Console.of(() -> BilledRoutes.main(new String[0])).lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("whole: ANSWERED by google in 2 attempts, \\d+ tokens, partly estimated");
        assertThat(lines.get(1)).isEqualTo("You said: Tell me a long story");
        assertThat(lines.get(2)).matches("quick: ANSWERED by xai in 2 attempts, \\d+ tokens");
        assertThat(lines.get(3)).isEqualTo("You said: Hello?");
    }
}
