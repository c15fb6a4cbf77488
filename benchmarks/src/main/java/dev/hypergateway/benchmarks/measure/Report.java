package dev.hypergateway.benchmarks.measure;

import dev.hypergateway.benchmarks.process.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables in Markdown, printed as they come and kept for a page. */
public final class Report {
    private static final String SECTION = "\n### ";

    private final String name;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Map<Integer, List<String>>> goals = new LinkedHashMap<>();
    private final Map<String, String> limits = new HashMap<>();
    private final Set<Integer> measured = new TreeSet<>();

    /** @param name of its place in a page, which lies between {@code <!-- name: begin -->} and {@code <!-- name: end -->} */
    public Report(String name) {
        this.name = name;
    }

    /** Begins a section. */
    public void section(String title, String explanation) {
        add(SECTION + title + "\n\n" + explanation + "\n\n");
    }

    /** Begins a table. */
    public void header(String... columns) {
        row(columns);
        add("|" + "---|".repeat(columns.length) + "\n");
    }

    /** Adds a row to a table. */
    public void row(String... cells) {
        add("| " + String.join(" | ", cells) + " |\n");
    }

    /** Adds words. */
    public void say(String words) {
        add(words + "\n");
    }

    /**
     * Compares a figure with its goal.
     *
     * @param work what was measured
     * @param way which of several ways it was; empty where there is one
     * @param most whether the figure may be at most the goal; else at least
     */
    public void goal(Jdk jdk, String work, String way, double figure, boolean most, double goal, String unit) {
        boolean met = most ? figure <= goal : figure >= goal;
        String text = (way.isEmpty() ? "" : way + " ") + number(figure) + unit;
        goals.computeIfAbsent(work, unused -> new TreeMap<>())
                .computeIfAbsent(jdk.feature(), unused -> new ArrayList<>())
                .add(met ? text : "**" + text + "**");
        limits.put(work, (most ? "≤ " : "≥ ") + number(goal) + unit);
        measured.add(jdk.feature());
    }

    /** Compares a count with its goal. */
    public void goal(Jdk jdk, String work, String way, long figure, boolean most, double goal, String unit) {
        goal(jdk, work, way, (double) figure, most, goal, unit);
    }

    /** Adds the table of the goals, which comes first in a page; figures that miss theirs are bold. */
    public void finish() {
        int written = text.length();
        section("Goals", "Medians of ratios of the same round. Figures that miss their goal are bold.");
        List<String> columns = new ArrayList<>(List.of("Work", "Goal"));
        measured.forEach(feature -> columns.add("JDK " + feature));
        header(columns.toArray(String[]::new));
        goals.forEach((work, byJdk) -> {
            List<String> cells = new ArrayList<>(List.of(work, String.valueOf(limits.get(work))));
            measured.forEach(feature -> cells.add(String.join(", ", byJdk.getOrDefault(feature, List.of()))));
            row(cells.toArray(String[]::new));
        });
        String summary = text.substring(written);
        text.setLength(written);
        text.insert(Math.max(0, text.indexOf(SECTION)), summary);
    }

    /** Puts everything between the markers of a page. */
    public void writeInto(Path page) {
        replace(page, name, text + "\n");
    }

    /**
     * Puts a text into a page, between {@code <!-- name: begin -->} and {@code <!-- name: end -->}.
     *
     * @throws IllegalArgumentException when the page lacks these
     */
    public static void replace(Path page, String name, String text) {
        try {
            String old = Files.readString(page);
            String begin = "<!-- " + name + ": begin -->";
            String end = "<!-- " + name + ": end -->";
            int from = old.indexOf(begin);
            int to = old.indexOf(end);
            if (from < 0 || to < from) {
                throw new IllegalArgumentException(page + " lacks the markers " + begin + " and " + end);
            }
            Files.writeString(page, old.substring(0, from + begin.length()) + "\n" + text + old.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A count. */
    public static String number(long value) {
        return number((double) value);
    }

    /** A number in three figures or so. */
    public static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /** A ratio. */
    public static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f×", value);
    }

    private void add(String more) {
        text.append(more);
        System.out.print(more);
        System.out.flush();
    }
}
