package dev.hypergateway.benchmarks.stress;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.stress.Server.Answer;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pool of keys of which all but the newest are dead: the first call has to find the good one within its deadline, the next one has
 * to begin there, also after a restart.
 */
final class DeadKeys {
    private static final String MODEL = "perplexity/sonar";
    private static final double FIRST_SECONDS = 60;
    private static final double NEXT_MILLIS = 10_000;

    private final Jdk jdk;
    private final int count;
    private final Findings findings;

    /** @param count how many keys there are */
    DeadKeys(Jdk jdk, int count, Findings findings) {
        this.jdk = jdk;
        this.count = count;
        this.findings = findings;
    }

    void play() {
        findings.say(count + " stored keys of Perplexity of which " + (count - 1)
                + " are dead, the selected one among them; the default deadline of 10 minutes, " + jdk + ".");
        Path template = Child.folder();
        try (VendorSandbox sandbox = VendorSandbox.start()) {
            try (Server server = Server.start(jdk, template, List.of(), sandbox.settings())) {
                for (int i = 1; i < count; i++) {
                    server.addKey("perplexity", "dead-key-number-" + i);
                }
                server.addKey("perplexity", "good-key");
            }
            findings.header("The others", "call", "requests at the vendor", "time", "CPU of the server");
            Seen rejected = play(sandbox, template, "rejected (401)", Reply.invalidKey(), false);
            Seen streamed = play(sandbox, template, "rejected (401), streamed", Reply.invalidKey(), true);
            Seen limited = play(sandbox, template, "rate limited (429)", Reply.rateLimited(), false);
            One killed = killedAtOnce(sandbox, template);
            findings.header("Claim", "seen", "promised", "holds");
            for (Seen seen : List.of(rejected, streamed, limited)) {
                judge(seen);
            }
            findings.claim(
                    "killed right after the first answer: the call after the restart is answered",
                    (killed.good() ? "answered" : "failed") + " after " + number(killed.millis()) + " ms, "
                            + killed.attempts() + " attempts",
                    "answered",
                    killed.good());
        } finally {
            Child.delete(template);
        }
    }

    private void judge(Seen seen) {
        findings.claim(
                seen.how + ": all are answered",
                seen.all().filter(One::good).count() + " of " + seen.all().count(),
                "all",
                seen.all().allMatch(One::good));
        findings.exactly(seen.how + ": attempts of the first call", seen.first.attempts(), count);
        findings.atMost(seen.how + ": the first call", seen.first.millis() / 1e3, FIRST_SECONDS, " s");
        findings.exactly(seen.how + ": attempts of the next call", seen.next.attempts(), 1);
        findings.exactly(seen.how + ": attempts of the first call after a restart", seen.restarted.attempts(), 1);
        findings.atMost(seen.how + ": that call", (double) seen.restarted.millis(), NEXT_MILLIS, " ms");
        // Each key put aside, and the move of the selection.
        findings.exactly(seen.how + ": audit rows of the first call", seen.rows, count - 1 + 2);
    }

    private Seen play(VendorSandbox sandbox, Path template, String how, Reply reply, boolean stream) {
        Path folder = copy(template);
        try {
            script(sandbox, reply);
            One first;
            One next;
            try (Server server = Server.start(jdk, folder, List.of(), sandbox.settings())) {
                first = call(sandbox, server, how, "first after a start", stream);
                next = call(sandbox, server, how, "next", stream);
            }
            try (Server server = Server.start(jdk, folder, List.of(), sandbox.settings())) {
                One restarted = call(sandbox, server, how, "first after a restart", stream);
                return new Seen(
                        how, first, next, restarted, AuditView.of(folder).rowsSince("ADD"));
            }
        } finally {
            Child.delete(folder);
        }
    }

    private One killedAtOnce(VendorSandbox sandbox, Path template) {
        Path folder = copy(template);
        try {
            script(sandbox, Reply.invalidKey());
            Server killed = Server.start(jdk, folder, List.of(), sandbox.settings());
            killed.call(MODEL, false);
            killed.kill();
            try (Server server = Server.start(jdk, folder, List.of(), sandbox.settings())) {
                return call(
                        sandbox, server, "rejected (401)", "first after kill -9 right behind the first answer", false);
            }
        } finally {
            Child.delete(folder);
        }
    }

    private void script(VendorSandbox sandbox, Reply reply) {
        sandbox.reset();
        for (int i = 1; i < count; i++) {
            sandbox.perplexity().script("dead-key-number-" + i, reply);
        }
    }

    private One call(VendorSandbox sandbox, Server server, String how, String which, boolean stream) {
        sandbox.perplexity().forgetRequests();
        long cpu = server.tree().cpuNanos();
        Answer answer = server.call(MODEL, stream);
        One one = new One(
                answer.good(),
                (int) sandbox.perplexity().requests().stream()
                        .filter(request -> request.method().equals("POST"))
                        .count(),
                answer.took().toMillis(),
                (server.tree().cpuNanos() - cpu) / 1_000_000);
        findings.row(
                how,
                which + (one.good ? "" : ": " + answer.status()),
                Integer.toString(one.attempts),
                number(one.millis) + " ms",
                number(one.cpuMillis) + " ms");
        return one;
    }

    private static Path copy(Path template) {
        Path copy = Child.folder();
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(template.relativize(file));
                if (!file.equals(template)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A call.
     *
     * @param attempts as the vendor counts: a stream that waits for long has its headers before its attempts
     */
    private record One(boolean good, int attempts, long millis, long cpuMillis) {}

    /** The answers of one kind of dead keys. */
    private record Seen(String how, One first, One next, One restarted, long rows) {
        Stream<One> all() {
            return Stream.of(first, next, restarted);
        }
    }
}
