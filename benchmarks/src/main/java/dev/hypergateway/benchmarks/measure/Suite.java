package dev.hypergateway.benchmarks.measure;

import dev.hypergateway.benchmarks.pieces.Pieces;
import dev.hypergateway.benchmarks.process.Jdk;
import java.nio.file.Path;
import java.util.List;

/** The measurements in their groups. */
public final class Suite {
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

    /** Everything through the HTTP door that needs warm servers. */
    public void load(Jdk jdk) {
        try (Field field = Field.open(jdk, vendors, others)) {
            new Calls(plan, report).small(field);
            new Calls(plan, report).large(field);
            new Streams(plan, report).burst(field);
            new Streams(plan, report).paced(field);
            new Allocation(plan, report).measure(field);
            new FailoverCost(plan, report).measure(field);
            new Crowd(plan, report).measure(field);
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
        new InProcess(plan, report).realCall(jdk, vendors);
    }
}
