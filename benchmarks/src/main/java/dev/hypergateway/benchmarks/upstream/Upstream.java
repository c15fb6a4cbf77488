package dev.hypergateway.benchmarks.upstream;

import dev.hypergateway.benchmarks.wire.EventLoop;
import java.io.IOException;

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

    private Upstream() {}

    /** Listens on a free port, prints it and answers until the process ends. */
    public static void main(String[] arguments) throws IOException {
        Upstream upstream = new Upstream();
        int port = upstream.loop.listen(0, () -> new UpstreamPeer(upstream));
        System.out.println("listens on http://127.0.0.1:" + port);
        upstream.loop.run();
    }

    void behave(Behaviour next) {
        behaviour = next;
        answers = new Answers(next);
    }
}
