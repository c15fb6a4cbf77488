package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;
import static dev.hypergateway.benchmarks.measure.Report.ratio;

import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.GatewayJar;
import dev.hypergateway.benchmarks.process.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From the start of Java to the first answer of a vendor, with the data of an earlier run, and the memory of an idle server;
 * plain, and with the archives that the JDK can make of loaded classes.
 */
final class StartUp {
    private static final String KEY = "sk-start-up-of-the-benchmark-0123456789";

    private final Plan plan;
    private final Report report;

    StartUp(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    void measure(Jdk jdk, Vendors vendors) {
        report.section(
                jdk + ": start-up",
                "From the start of the process to the first answer of a vendor, on an H2 file; medians of "
                        + plan.starts() + ". Idle: memory two seconds after that answer.");
        report.header("Options", "listens ms", "first answer ms", "ratio", "idle RSS MB");
        Path archive = Child.folder();
        Path data = Child.folder();
        try {
            Map<String, List<String>> variants = variants(jdk, archive, vendors, data);
            Map<String, List<Start>> starts = new LinkedHashMap<>();
            for (int i = 0; i < plan.starts(); i++) {
                variants.forEach((name, options) -> starts.computeIfAbsent(name, unused -> new ArrayList<>())
                        .add(start(jdk, options, vendors, data)));
            }
            List<Start> plain = starts.getOrDefault("none", List.of());
            starts.forEach((name, measured) -> {
                double ratio = median(measured, Start::answered) / median(plain, Start::answered);
                report.row(
                        "`" + name + "`",
                        number(median(measured, Start::listens)),
                        number(median(measured, Start::answered)),
                        ratio(ratio),
                        number(median(measured, Start::residentMegabytes)));
                boolean archived = name.contains("Archive") || name.contains("AOT");
                if (archived && !name.contains("Serial")) {
                    report.goal(jdk, "start-up to the first answer, to without", name, ratio, true, 0.6, "×");
                }
            });
        } finally {
            Child.delete(archive);
            Child.delete(data);
        }
    }

    /** The options of Java, by name; the archives are made here, each by one training run. */
    private Map<String, List<String>> variants(Jdk jdk, Path archive, Vendors vendors, Path data) {
        Map<String, List<String>> variants = new LinkedHashMap<>();
        start(jdk, List.of(), vendors, data);
        variants.put("none", List.of());
        String classes = archive.resolve("gateway.jsa").toString();
        train(jdk, List.of("-XX:ArchiveClassesAtExit=" + classes), vendors, data);
        variants.put("-XX:SharedArchiveFile", List.of("-XX:SharedArchiveFile=" + classes, "-Xshare:auto"));
        if (jdk.feature() >= 25) {
            String cache = archive.resolve("gateway.aot").toString();
            train(jdk, List.of("-XX:AOTCacheOutput=" + cache), vendors, data);
            variants.put("-XX:AOTCache", List.of("-XX:AOTCache=" + cache));
            String serial = archive.resolve("serial.aot").toString();
            train(jdk, List.of("-XX:+UseSerialGC", "-XX:AOTCacheOutput=" + serial), vendors, data);
            variants.put(
                    "-XX:AOTCache -XX:+UseSerialGC -Xmx128m",
                    List.of("-XX:AOTCache=" + serial, "-XX:+UseSerialGC", "-Xmx128m"));
        } else {
            variants.put(
                    "-XX:SharedArchiveFile -XX:+UseSerialGC -Xmx128m",
                    List.of("-XX:SharedArchiveFile=" + classes, "-XX:+UseSerialGC", "-Xmx128m"));
        }
        return variants;
    }

    /** The archive is written when the process ends, which takes a while. */
    private static void train(Jdk jdk, List<String> options, Vendors vendors, Path data) {
        start(jdk, options, vendors, data, Duration.ofMinutes(2));
    }

    private static Start start(Jdk jdk, List<String> options, Vendors vendors, Path data) {
        return start(jdk, options, vendors, data, Duration.ofSeconds(10));
    }

    private static Start start(Jdk jdk, List<String> options, Vendors vendors, Path data, Duration end) {
        List<String> command = new ArrayList<>(List.of(jdk.java()));
        command.addAll(options);
        command.addAll(GatewayJar.serve(data));
        Map<String, String> environment = GatewayProcess.environment(vendors);
        environment.put("HYPER_GATEWAY_KEY", KEY);
        environment.put("XAI_API_KEY", "xai-key-of-the-environment-0001");
        long begin = System.nanoTime();
        Child child = Child.start(command, environment, data);
        try {
            long listens = System.nanoTime() - begin;
            ask(child.address());
            long answered = System.nanoTime() - begin;
            Thread.sleep(2000);
            return new Start(listens / 1e6, answered / 1e6, child.tree().residentBytes() / 1024.0 / 1024);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            child.stop(end);
        }
    }

    private static void ask(URI address) throws InterruptedException {
        try {
            int status = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
                                    .header("Authorization", "Bearer " + KEY)
                                    .POST(BodyPublishers.ofByteArray(Bodies.small("x-ai/grok-4", false)))
                                    .build(),
                            BodyHandlers.ofByteArray())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("the first answer has the status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double median(List<Start> starts, java.util.function.ToDoubleFunction<Start> figure) {
        return Rounds.median(starts.stream().mapToDouble(figure).toArray());
    }

    /** Milliseconds, and megabytes of an idle server. */
    private record Start(double listens, double answered, double residentMegabytes) {}
}
