package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;
import static dev.hypergateway.benchmarks.measure.Report.ratio;

import dev.hypergateway.benchmarks.pieces.Bookkeeping;
import dev.hypergateway.benchmarks.pieces.RealCall;
import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The gateway as a library: programs that measure inside themselves and print what they saw. */
final class InProcess {
    private final Plan plan;
    private final Report report;

    InProcess(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    /** A call through the gateway beside the same call by hand. */
    void realCall(Jdk jdk, Vendors vendors) {
        vendors.behave(Behaviour.DEFAULT);
        report.section(
                jdk + ": a real call in a program",
                "`Gateway.chat` to xAI beside the same call by hand with `HttpClient` (its default executor) and Jackson's tree, in"
                        + " turn, in one process; medians.");
        report.header("Threads", "gateway calls/s", "by hand", "ratio", "gateway p50 µs", "by hand", "ratio");
        List<String> lines = run(Field.java(
                jdk,
                RealCall.class,
                vendors.openAiBase(),
                Long.toString(plan.round().toMillis()),
                Integer.toString(plan.rounds())));
        for (String threads : List.of("1", "16")) {
            double[][] gateway = figures(lines, "gateway " + threads + " ");
            double[][] hand = figures(lines, "hand " + threads + " ");
            double[] speed = new double[gateway.length];
            double[] time = new double[gateway.length];
            for (int i = 0; i < gateway.length; i++) {
                speed[i] = gateway[i][0] / hand[i][0];
                time[i] = gateway[i][1] / hand[i][1];
            }
            report.row(
                    threads,
                    number(median(gateway, 0)),
                    number(median(hand, 0)),
                    ratio(Rounds.median(speed)),
                    number(median(gateway, 1)),
                    number(median(hand, 1)),
                    ratio(Rounds.median(time)));
            report.goal(
                    jdk,
                    "real call in a program: p50 to by hand",
                    threads + (threads.equals("1") ? " thread" : " threads"),
                    Rounds.median(time),
                    true,
                    1.05,
                    "×");
        }
    }

    /** The thread of a call while the database stands still. */
    void bookkeeping(Jdk jdk) {
        report.section(
                jdk + ": bookkeeping while the database stands still",
                "In one process, over a no-op provider and an H2 file that stands still for 5 s: 2,000 calls/s, of which every tenth"
                        + " moves to another key and is audited.");
        report.header("On the thread of the call", "times", "p50 µs", "p99 µs", "most µs");
        Path folder = Child.folder();
        try {
            List<String> lines = run(
                    Field.java(jdk, Bookkeeping.class, folder.resolve("data").toString()));
            for (String what : List.of("call", "audit")) {
                double[] seen = figures(lines, what + " ")[0];
                report.row(what, number(seen[0]), number(seen[1]), number(seen[2]), number(seen[3]));
                if (what.equals("audit")) {
                    report.goal(jdk, "audit while the database stands still: p99", "", seen[2], true, 50, " µs");
                }
            }
        } finally {
            Child.delete(folder);
        }
    }

    private static double median(double[][] figures, int column) {
        double[] values = new double[figures.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = figures[i][column];
        }
        return Rounds.median(values);
    }

    /** The numbers in all lines that begin so. */
    private static double[][] figures(List<String> lines, String beginning) {
        List<double[]> found = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(beginning)) {
                String[] numbers = line.substring(beginning.length()).split(" ", -1);
                double[] values = new double[numbers.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Double.parseDouble(numbers[i]);
                }
                found.add(values);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("the program printed:\n" + String.join("\n", lines));
        }
        return found.toArray(double[][]::new);
    }

    private static List<String> run(List<String> command) {
        Path folder = Child.folder();
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return printed.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Child.delete(folder);
        }
    }
}
