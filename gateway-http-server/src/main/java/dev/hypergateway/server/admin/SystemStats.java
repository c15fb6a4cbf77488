package dev.hypergateway.server.admin;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How busy the machine is, in percent; null where it cannot be known. Thread-safe. */
final class SystemStats {
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private final @Nullable OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    SystemStats() {
        // The load is that since the call before; the first one gives none.
        if (system != null) {
            system.getCpuLoad();
        }
    }

    Map<String, @Nullable Object> read() {
        Map<String, @Nullable Object> stats = new LinkedHashMap<>();
        stats.put("cpu_percent", system == null ? null : percent(system.getCpuLoad(), 1));
        stats.put("memory_percent", memory());
        File root = new File(File.separator);
        stats.put("disk_usage", percent((double) root.getTotalSpace() - root.getUsableSpace(), (double)
                root.getTotalSpace()));
        return stats;
    }

    /** The share that programs could not get; what the kernel only caches counts as free where it says so. */
    private @Nullable Double memory() {
        if (system == null) {
            return null;
        }
        double total = (double) system.getTotalMemorySize();
        return percent(total - available().orElse((double) system.getFreeMemorySize()), total);
    }

    private static OptionalDouble available() {
        try {
            return Files.readAllLines(MEMINFO).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static @Nullable Double percent(double part, double whole) {
        double percent = 100 * part / whole;
        return percent >= 0 && percent <= 100 ? Math.round(percent * 10) / 10.0 : null;
    }
}
