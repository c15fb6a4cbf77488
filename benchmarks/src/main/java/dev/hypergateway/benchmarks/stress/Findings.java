package dev.hypergateway.benchmarks.stress;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.measure.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What one part has seen, as Markdown, printed as it comes; and whether what is promised held. */
final class Findings {
    private final String part;
    private final Report report;
    private final List<String> broken = new ArrayList<>();

    Findings(String part) {
        this.part = part;
        this.report = new Report("stress " + part);
    }

    void say(String words) {
        report.say(words);
    }

    /** Begins a table. */
    void header(String... columns) {
        report.say("");
        report.header(columns);
    }

    void row(String... cells) {
        report.row(cells);
    }

    /** A row that compares what was seen with what is promised. */
    void claim(String claim, String seen, String promised, boolean holds) {
        row(claim, seen, promised, holds ? "yes" : "**no**");
        if (!holds) {
            broken.add(part + ": " + claim + ": seen " + seen + ", promised " + promised);
        }
    }

    /** A row of several figures, compared with what is promised. */
    void compare(List<String> seen, String promised, boolean holds) {
        List<String> cells = new ArrayList<>(seen);
        cells.add(promised);
        cells.add(holds ? "yes" : "**no**");
        row(cells.toArray(String[]::new));
        if (!holds) {
            broken.add(part + ": " + String.join(", ", seen) + "; promised " + promised);
        }
    }

    /** A figure that may be at most this. */
    void atMost(String claim, double seen, double most, String unit) {
        claim(claim, number(seen) + unit, "at most " + number(most) + unit, seen <= most);
    }

    /** A count that has to be this. */
    void exactly(String claim, long seen, long wanted) {
        claim(claim, Long.toString(seen), Long.toString(wanted), seen == wanted);
    }

    /** What did not hold. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** Puts the text between the markers of this part. */
    void writeInto(Path page) {
        report.writeInto(page);
    }
}
