package dev.hypergateway.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What a process and its descendants use, as Linux tells in {@code /proc} (proc(5)). Immutable. */
public final class ProcessTree {
    /** {@code USER_HZ}, which is 100 on every Linux that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    private final ProcessHandle root;

    public ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    /** Processor time, user and system, in nanoseconds, to ten milliseconds. */
    public long cpuNanos() {
        return sum(ProcessTree::cpuNanos);
    }

    /** The part of {@link #cpuNanos()} that HotSpot's compilers have used, of threads that are still there. */
    public long compilerNanos() {
        return sum(ProcessTree::compilerNanos);
    }

    /** Memory that is in use physically, in bytes. */
    public long residentBytes() {
        return sum(pid -> 1024 * status(pid, "VmRSS:"));
    }

    /** Threads of the system. */
    public long threads() {
        return sum(pid -> status(pid, "Threads:"));
    }

    /** Open file descriptors: sockets, files and pipes. */
    public long descriptors() {
        return sum(ProcessTree::descriptors);
    }

    private static long descriptors(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.count();
        } catch (IOException e) {
            // The process has ended meanwhile.
            return 0;
        }
    }

    private long sum(ToLongFunction<Long> figure) {
        return Stream.concat(Stream.of(root), root.descendants())
                .map(ProcessHandle::pid)
                .mapToLong(figure)
                .sum();
    }

    private static long cpuNanos(long pid) {
        return statNanos(String.join("", lines(pid, "stat")));
    }

    private static long compilerNanos(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(thread -> String.join("", lines(pid, "task/" + thread.getFileName() + "/stat")))
                    .filter(line -> line.contains("(C1 Compiler") || line.contains("(C2 Compiler"))
                    .mapToLong(ProcessTree::statNanos)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long statNanos(String line) {
        if (line.isEmpty()) {
            return 0;
        }
        // The name, in brackets, may hold spaces.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return NANOS_PER_TICK * (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]));
    }

    private static long status(long pid, String name) {
        return lines(pid, "status").stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    private static List<String> lines(long pid, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            // The process has ended between two reads.
            return List.of();
        }
    }
}
