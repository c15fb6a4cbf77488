package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.load.Target;
import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the gateway's time goes, as Flight Recorder sees it: samples of running Java code, by what it was for. */
public final class Profile {
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final int CONNECTIONS = 16;
    private static final int TOP = 25;

    /** What code is for, by the beginning of a class name; the innermost frame that one of them fits decides. */
    private static final Map<String, String> PURPOSES = purposes();

    private final Report report;

    public Profile(Report report) {
        this.report = report;
    }

    /** Calls with two kilobytes, and streams. */
    public void measure(Jdk jdk, Vendors vendors) {
        vendors.behave(Behaviour.DEFAULT);
        try (GatewayProcess gateway = GatewayProcess.start(jdk, List.of(), vendors)) {
            Contestant xai = gateway.contestants().get(0);
            profile(jdk, "2 kB in, 1 kB out, xAI", gateway.process(), xai.small(false));
            profile(jdk, "200 kB in, xAI", gateway.process(), xai.large());
            profile(jdk, "streams of 200 events, xAI", gateway.process(), xai.small(true));
        }
    }

    private void profile(Jdk jdk, String what, Child process, Target target) {
        Load.closed(target, CONNECTIONS, WARM_UP);
        Path file = process.workingFolder().resolve("profile-" + what.hashCode() + ".jfr");
        jdk.jcmd(process, "JFR.start", "name=bench", "settings=profile", "filename=" + file);
        Load.closed(target, CONNECTIONS, LENGTH);
        jdk.jcmd(process, "JFR.stop", "name=bench");
        Map<String, Long> purposes = new HashMap<>();
        Map<String, Long> methods = new HashMap<>();
        long all = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                String type = event.getEventType().getName();
                if (type.equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    List<RecordedFrame> frames = event.getStackTrace().getFrames();
                    purposes.merge(purpose(frames), 1L, Long::sum);
                    methods.merge(ours(frames), 1L, Long::sum);
                    all++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        report.section(
                jdk + ": profile, " + what,
                number(all) + " samples of running Java code on " + CONNECTIONS + " connections.");
        table("Purpose", purposes, all);
        report.say("");
        table("Innermost frame of the gateway's own code", methods, all);
    }

    private void table(String title, Map<String, Long> counts, long all) {
        report.header(title, "%");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(TOP)
                .forEach(entry -> report.row(entry.getKey(), number(100.0 * entry.getValue() / all)));
    }

    private static String purpose(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            for (Map.Entry<String, String> purpose : PURPOSES.entrySet()) {
                if (type.startsWith(purpose.getKey())) {
                    return purpose.getValue();
                }
            }
        }
        return "other";
    }

    private static String ours(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            if (type.startsWith("dev.hypergateway.")) {
                return "`" + type.substring(type.lastIndexOf('.') + 1) + "."
                        + frame.getMethod().getName() + "`";
            }
        }
        return "none";
    }

    private static Map<String, String> purposes() {
        Map<String, String> purposes = new LinkedHashMap<>();
        purposes.put("com.fasterxml.jackson.", "JSON");
        purposes.put("dev.hypergateway.openai.", "JSON");
        purposes.put("ch.qos.logback.", "logging");
        purposes.put("jdk.internal.net.http.", "JDK HTTP client");
        purposes.put("java.net.http.", "JDK HTTP client");
        purposes.put("sun.net.httpserver.", "JDK HTTP server");
        purposes.put("dev.hypergateway.server.", "HTTP door");
        purposes.put("dev.hypergateway.transport.", "transport");
        purposes.put("dev.hypergateway.", "engine");
        purposes.put("org.h2.", "database");
        return purposes;
    }
}
