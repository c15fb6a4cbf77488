package dev.hypergateway.benchmarks.measure;

import dev.hypergateway.benchmarks.pieces.Pieces;
import dev.hypergateway.benchmarks.process.Jdk;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The measurements in their groups. */
public final class Suite {
    private static final Map<String, LoadPart> LOADS = loadParts();

    private final Plan plan;
    private final Report report;
    private final Vendors vendors;
    private final List<Path> others;

    /** @param others commands of other servers to compare with */
    public Suite(Plan plan, Report report, Vendors vendors, List<Path> others) {
        this.plan = plan;
        this.report = report;
        this.vendors = vendors;
        this.others = others;
    }

    /** The names of what {@link #load} measures. */
    public static Set<String> loads() {
        return LOADS.keySet();
    }

    /**
     * What goes through the HTTP door and needs warm servers.
     *
     * @param wanted some of {@link #loads()}
     */
    public void load(Jdk jdk, Collection<String> wanted) {
        try (Field field = Field.open(jdk, vendors, others)) {
            LOADS.forEach((name, load) -> {
                if (wanted.contains(name)) {
                    load.measure(this, field);
                }
            });
        }
    }

    /** Streams by the thousands. */
    public void scale(Jdk jdk) {
        new OpenStreams(plan, report).measure(jdk, vendors);
    }

    /** Start-up and idle memory. */
    public void start(Jdk jdk) {
        new StartUp(plan, report).measure(jdk, vendors);
    }

    /** The database's part. */
    public void storage(Jdk jdk) {
        new Storage(plan, report).measure(jdk, vendors);
        new InProcess(plan, report).bookkeeping(jdk);
    }

    /** The gateway as a library, piece by piece and as a whole. */
    public void pieces(Jdk jdk) {
        new Pieces(plan.rounds() < Plan.FULL.rounds(), report).measure(jdk, "dev.hypergateway");
    }

    /** A real call in a program. */
    public void program(Jdk jdk) {
        new InProcess(plan, report).realCall(jdk, vendors);
    }

    private static Map<String, LoadPart> loadParts() {
        Map<String, LoadPart> parts = new LinkedHashMap<>();
        parts.put("small", (suite, field) -> new Calls(suite.plan, suite.report).small(field));
        parts.put("large", (suite, field) -> new Calls(suite.plan, suite.report).large(field));
        parts.put("streams", (suite, field) -> {
            new Streams(suite.plan, suite.report).burst(field);
            new Streams(suite.plan, suite.report).paced(field);
        });
        parts.put("allocation", (suite, field) -> new Allocation(suite.plan, suite.report).measure(field));
        parts.put("failover", (suite, field) -> new FailoverCost(suite.plan, suite.report).measure(field));
        parts.put("crowd", (suite, field) -> new Crowd(suite.plan, suite.report).measure(field));
        return parts;
    }

    @FunctionalInterface
    private interface LoadPart {
        void measure(Suite suite, Field field);
    }
}
