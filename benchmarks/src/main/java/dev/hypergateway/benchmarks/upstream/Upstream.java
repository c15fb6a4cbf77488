package dev.hypergateway.benchmarks.upstream;

import dev.hypergateway.benchmarks.wire.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All vendors on one loopback port, in one thread: {@code /openai/v1/chat/completions},
 * {@code /perplexity/chat/completions}, {@code /gemini/v1beta/models/…}, {@code /gigachat/api/v1/chat/completions} and
 * {@code /gigachat/oauth}. {@code /control?…} sets the {@link Behaviour}, {@code /stats} takes the {@link Tally}.
 */
public final class Upstream {
    final EventLoop loop = new EventLoop();
    final Tally tally = new Tally();
    Behaviour behaviour = Behaviour.DEFAULT;
    Answers answers = new Answers(behaviour);

    /** Rendered once, so that the vendor itself has little to do. */
    private final Map<List<Object>, ByteBuffer> poisoned = new HashMap<>();

    private Upstream() {}

    /** Listens on a free port, prints it and answers until the process ends. */
    public static void main(String[] arguments) throws IOException {
        Upstream upstream = new Upstream();
        int port = upstream.loop.listen(0, () -> new UpstreamPeer(upstream));
        System.out.println("listens on http://127.0.0.1:" + port);
        upstream.loop.run();
    }

    /** An event of a stream that goes wrong. */
    ByteBuffer poisoned(Poison poison, VendorForm form, int number) {
        boolean broken = poison.breaks(number);
        return poisoned.computeIfAbsent(List.of(poison, form, broken), unused -> poison.event(form, broken))
                .duplicate();
    }

    void behave(Behaviour next) {
        behaviour = next;
        answers = new Answers(next);
    }
}
