package dev.hypergateway.benchmarks.upstream;

import dev.hypergateway.benchmarks.wire.Connection;
import dev.hypergateway.benchmarks.wire.HttpParser;
import dev.hypergateway.benchmarks.wire.Peer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One connection to the {@link Upstream}. */
final class UpstreamPeer implements Peer, HttpParser.Sink {
    private static final byte[] STREAM = "\"stream\":true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LIMITED = Answers.json(
            "429 Too Many Requests",
            "Retry-After: 60\r\n",
            "{\"code\":\"resource-exhausted\",\"error\":\"Too many requests for this key.\"}");

    private final Upstream upstream;
    private final HttpParser parser = new HttpParser(false, this);
    private @Nullable Connection connection;
    private String head = "";
    private String path = "";
    private VendorForm form = VendorForm.OPENAI;
    private boolean stream;
    private int matched;
    private long began;
    private int sentEvents = -1;

    UpstreamPeer(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public void connected(Connection opened) {
        connection = opened;
    }

    @Override
    public void received(Connection from, ByteBuffer bytes) {
        if (began == 0) {
            began = System.nanoTime();
        }
        parser.feed(bytes);
    }

    @Override
    public void closed(Connection from, String reason) {
        if (sentEvents >= 0) {
            upstream.tally.aborted(sentEvents);
        }
    }

    @Override
    public void head(String complete) {
        head = complete;
        int from = complete.indexOf(' ') + 1;
        path = complete.substring(from, complete.indexOf(' ', from));
        form = VendorForm.at(path);
        stream = path.contains(":streamGenerateContent");
        matched = 0;
    }

    /** Looks for {@code "stream":true}, which may be cut into two pieces. */
    @Override
    public void body(ByteBuffer piece, boolean endsChunk) {
        while (!stream && piece.hasRemaining()) {
            byte b = piece.get();
            if (b == STREAM[matched]) {
                matched++;
                stream = matched == STREAM.length;
            } else if (b != ' ') {
                matched = b == STREAM[0] ? 1 : 0;
            }
        }
    }

    @Override
    public void end() {
        if (path.startsWith("/control?")) {
            upstream.behave(Behaviour.of(path.substring("/control?".length())));
            reply("200 OK", "{}");
        } else if (path.equals("/stats")) {
            reply("200 OK", upstream.tally.take());
        } else if (path.endsWith("/oauth")) {
            reply(
                    "200 OK",
                    "{\"access_token\":\"token-of-the-stand-in\",\"expires_at\":"
                            + (System.currentTimeMillis() + 1_800_000) + "}");
        } else if (head.startsWith("GET ")) {
            // Lists of models; there are none.
            reply("404 Not Found", "{\"error\":{\"code\":404,\"message\":\"not here\"}}");
        } else {
            upstream.tally.request(System.nanoTime());
            answer();
        }
    }

    private void answer() {
        Behaviour behaviour = upstream.behaviour;
        if (!behaviour.limitedKey().isEmpty() && head.contains(behaviour.limitedKey())) {
            connection().send(ByteBuffer.wrap(LIMITED));
            upstream.tally.limited(System.nanoTime());
            began = 0;
            return;
        }
        Poison poison = Poison.of(head);
        Runnable begin = !stream
                ? this::sendWhole
                : poison == Poison.NONE ? this::beginStream : () -> beginPoisoned(poison, behaviour);
        if (behaviour.delayNanos() == 0) {
            begin.run();
        } else {
            upstream.loop.at(System.nanoTime() + behaviour.delayNanos(), begin);
        }
    }

    private void sendWhole() {
        connection().send(upstream.answers.whole(form, System.nanoTime() - began));
        began = 0;
    }

    private void beginStream() {
        sentEvents = 0;
        Behaviour behaviour = upstream.behaviour;
        if (behaviour.paceNanos() > 0) {
            connection().send(Answers.streamHead());
            sendNextEvent(behaviour, upstream.answers, System.nanoTime());
            return;
        }
        ByteBuffer[] all = new ByteBuffer[behaviour.events() + 2];
        all[0] = Answers.streamHead();
        for (int i = 1; i <= behaviour.events(); i++) {
            all[i] = upstream.answers.event(form, System.nanoTime(), i);
        }
        all[behaviour.events() + 1] = upstream.answers.ending(form);
        endStream();
        connection().send(all);
    }

    private void sendNextEvent(Behaviour behaviour, Answers answers, long due) {
        if (connection().isClosed()) {
            return;
        }
        if (sentEvents == behaviour.events()) {
            endStream();
            connection().send(answers.ending(form));
            return;
        }
        sentEvents++;
        connection().send(answers.event(form, System.nanoTime(), sentEvents));
        long next = due + behaviour.paceNanos();
        upstream.loop.at(next, () -> sendNextEvent(behaviour, answers, next));
    }

    private void beginPoisoned(Poison poison, Behaviour behaviour) {
        sentEvents = 0;
        connection().send(Answers.streamHead());
        sendNextPoisoned(poison, behaviour, System.nanoTime());
    }

    private void sendNextPoisoned(Poison poison, Behaviour behaviour, long due) {
        int events = poison.events(behaviour.events());
        long pace = poison.pace(behaviour.paceNanos());
        do {
            if (connection().isClosed() || (sentEvents == events && poison == Poison.STALL)) {
                return;
            }
            if (sentEvents == events) {
                endStream();
                connection().send(upstream.answers.ending(form));
                return;
            }
            sentEvents++;
            connection().send(upstream.poisoned(poison, form, sentEvents));
        } while (pace == 0);
        upstream.loop.at(due + pace, () -> sendNextPoisoned(poison, behaviour, due + pace));
    }

    private void endStream() {
        sentEvents = -1;
        began = 0;
    }

    private void reply(String status, String body) {
        connection().send(ByteBuffer.wrap(Answers.json(status, "", body)));
        began = 0;
    }

    private Connection connection() {
        return Objects.requireNonNull(connection, "connection");
    }
}
