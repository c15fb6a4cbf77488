package dev.hypergateway.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The page {@code docs/recordings-<vendor>.md}, which lists each recording once: in a table of three columns (recording, request,
 * answer) when a test replays it, else in one of two (recording, why not). {@link #tests} holds the page to what the tests do.
 */
public final class CoverageTable {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final String vendor;
    private final Path page;
    private final Map<String, Covered> replayed = new LinkedHashMap<>();
    private final Map<String, String> others = new LinkedHashMap<>();
    private final List<String> twice = new ArrayList<>();

    private CoverageTable(String vendor, Path page) {
        this.vendor = vendor;
        this.page = page;
    }

    /** Replays one recording, with assertions, and says what it compared. */
    @FunctionalInterface
    public interface Replay {
        /** Fails when the adapter does not do what was recorded. */
        Covered replay(Recording recording) throws Exception;
    }

    /** Reads the page of a vendor. */
    public static CoverageTable of(String vendor) {
        String name = "docs/recordings-" + vendor + ".md";
        Path page = Beside.find(name).orElseThrow(() -> new IllegalStateException("no page " + name));
        return of(vendor, page);
    }

    static CoverageTable of(String vendor, Path page) {
        CoverageTable table = new CoverageTable(vendor, page);
        try (Stream<String> lines = Files.lines(page)) {
            lines.forEach(table::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    /** The recordings that are not replayed, with the reason. */
    public Map<String, String> others() {
        return Map.copyOf(others);
    }

    /**
     * A test for each recording that the page does not name as an exception, which fails when the page says another thing than the
     * replay, and one that the page lists each recording once.
     */
    public Stream<DynamicTest> tests(Replay replay) {
        DynamicTest whole = DynamicTest.dynamicTest(
                page.getFileName() + " lists each recording once", () -> assertLists(names(vendor)));
        if (!Recordings.present()) {
            return Stream.of(whole);
        }
        return Stream.concat(
                Stream.of(whole),
                Recordings.of(vendor).all().stream()
                        .filter(recording -> !others.containsKey(recording.name()))
                        .map(recording -> DynamicTest.dynamicTest(
                                recording.name(), () -> assertSays(recording.name(), replay.replay(recording)))));
    }

    private static List<String> names(String vendor) {
        return Recordings.of(vendor).all().stream().map(Recording::name).toList();
    }

    void assertSays(String recording, Covered done) {
        String row = "| `" + recording + "` | " + done.request() + " | " + done.answer() + " |";
        assertThat(replayed.get(recording))
                .as("the row of %s should be: %s", page.getFileName(), row)
                .isEqualTo(done);
    }

    void assertLists(List<String> recorded) {
        List<String> listed = new ArrayList<>(replayed.keySet());
        listed.addAll(others.keySet());
        assertThat(listed).containsExactlyInAnyOrderElementsOf(recorded);
        assertThat(twice).as("listed twice").isEmpty();
        assertThat(others.values()).as("reasons").noneMatch(String::isBlank);
    }

    private void read(String line) {
        String[] cells = line.strip().split("\\|", -1);
        if (cells.length < 4 || !cells[1].strip().startsWith("`")) {
            return;
        }
        Matcher names = NAME.matcher(cells[1]);
        while (names.find()) {
            String name = names.group(1);
            if (replayed.containsKey(name) || others.containsKey(name)) {
                twice.add(name);
            } else if (cells.length == 4) {
                others.put(name, cells[2].strip());
            } else {
                replayed.put(name, new Covered(cells[2].strip(), cells[3].strip()));
            }
        }
    }
}
