package dev.hypergateway.benchmarks.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one part has seen, as Markdown, printed as it comes; and whether what is promised held. */
final class Findings {
    private final String part;
    private final StringBuilder text = new StringBuilder();
    private final List<String> broken = new ArrayList<>();

    Findings(String part) {
        this.part = part;
    }

    void say(String words) {
        text.append(words).append('\n');
        System.out.println(words);
    }

    /** Begins a table. */
    void header(String... columns) {
        say("");
        row(columns);
        say("|" + "---|".repeat(columns.length));
    }

    void row(String... cells) {
        say("| " + String.join(" | ", cells) + " |");
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
        String begin = "<!-- stress " + part + ": begin -->";
        String end = "<!-- stress " + part + ": end -->";
        try {
            String old = Files.readString(page);
            int from = old.indexOf(begin);
            int to = old.indexOf(end);
            if (from < 0 || to < from) {
                throw new IllegalArgumentException(page + " lacks the markers " + begin + " and " + end);
            }
            Files.writeString(
                    page,
                    old.substring(0, from + begin.length()) + "\n"
                            + text.toString().strip() + "\n" + old.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String number(long value) {
        return number((double) value);
    }

    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
