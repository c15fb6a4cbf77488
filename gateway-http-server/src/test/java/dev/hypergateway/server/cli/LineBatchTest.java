package dev.hypergateway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LineBatchTest {
    private final Pieces pieces = new Pieces();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final LineBatch batch = new LineBatch(new PrintStream(pieces, false, StandardCharsets.UTF_8), later::add);

    @Test
    void lines_that_come_close_together_go_out_in_one_piece() {
        write("first\n");
        write("second\n");

        assertThat(pieces.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(later).hasSize(1);
        later.remove().run();

        assertThat(pieces.toString(StandardCharsets.UTF_8)).isEqualTo("first\nsecond\n");
        assertThat(pieces.writes).isEqualTo(1);
    }

    @Test
    void a_line_after_a_piece_waits_again() {
        write("first\n");
        later.remove().run();
        write("second\n");

        assertThat(pieces.toString(StandardCharsets.UTF_8)).isEqualTo("first\n");
        assertThat(later).hasSize(1);
    }

    @Test
    void what_is_flushed_does_not_wait_and_its_time_passes_without_effect() {
        write("first\n");
        batch.flush();

        assertThat(pieces.toString(StandardCharsets.UTF_8)).isEqualTo("first\n");
        later.remove().run();
        assertThat(pieces.writes).isEqualTo(1);
    }

    @Test
    void much_text_does_not_wait() {
        write("x".repeat(16 * 1024));

        assertThat(pieces.size()).isEqualTo(16 * 1024);
    }

    @Test
    void at_the_end_of_the_process_nothing_waits() {
        write("first\n");
        batch.end();
        write("last\n");

        assertThat(pieces.toString(StandardCharsets.UTF_8)).isEqualTo("first\nlast\n");
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        batch.write(bytes, 0, bytes.length);
    }

    /** Counts how often something is written. */
    private static final class Pieces extends ByteArrayOutputStream {
        private int writes;

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            writes++;
            super.write(bytes, from, length);
        }
    }
}
