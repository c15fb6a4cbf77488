package dev.hypergateway.benchmarks.stress;

import dev.hypergateway.benchmarks.process.GatewayJar;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.process.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server holds at one moment.
 *
 * @param liveBytes objects that are left after a full collection
 * @param residentBytes physical memory
 * @param threads of the system
 * @param descriptors open files and sockets
 * @param dataBytes its files
 */
record Footprint(long liveBytes, long residentBytes, long threads, long descriptors, long dataBytes) {

    static Footprint of(Server server, Jdk jdk, Path folder) {
        ProcessTree tree = server.tree();
        long live = live(jdk.jcmd(server.process(), "GC.class_histogram"));
        return new Footprint(
                live, tree.residentBytes(), tree.threads(), tree.descriptors(), size(GatewayJar.data(folder)));
    }

    /** From the last line, {@code Total  123456  7890123}: instances and bytes. The command collects before it counts. */
    private static long live(List<String> histogram) {
        return histogram.stream()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[2]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no total in the class histogram"));
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
