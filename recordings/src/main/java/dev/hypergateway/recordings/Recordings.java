package dev.hypergateway.recordings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The recorded exchanges with one vendor. Methods of this class skip the test that calls them where there are none. */
public final class Recordings {
    private static final String FOLDER = "shared/reference/recordings";

    private final String vendor;

    private Recordings(String vendor) {
        this.vendor = vendor;
    }

    /**
     * The recordings of a vendor.
     *
     * @param vendor name of the folder: {@code gemini}, {@code gigachat}, {@code openai}, {@code perplexity}, {@code xai}
     */
    public static Recordings of(String vendor) {
        return new Recordings(vendor);
    }

    /** The vendors of which there are recordings. */
    public static List<String> vendors() {
        try (Stream<Path> folders = Files.list(present(FOLDER))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the recordings stand beside this checkout. */
    public static boolean present() {
        return Beside.find(FOLDER).isPresent();
    }

    /** All recordings, by name. */
    public List<Recording> all() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Recordings::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recordings of which the path of the request, without its query, ends so. */
    public List<Recording> to(String path) {
        return all().stream()
                .filter(recording ->
                        recording.target().replaceFirst("\\?.*", "").endsWith(path))
                .toList();
    }

    /**
     * The recording of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Recording get(String name) {
        Path file = folder().resolve(name + ".json");
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("no recording " + vendor + "/" + name);
        }
        return read(file);
    }

    private Path folder() {
        return present(FOLDER + "/" + vendor);
    }

    private static Path present(String folder) {
        Optional<Path> found = Beside.find(folder);
        Assumptions.assumeTrue(found.isPresent(), "the folder " + folder + " does not stand beside this checkout");
        return found.orElseThrow();
    }

    private static Recording read(Path file) {
        try {
            String name = file.getFileName().toString().replaceFirst("\\.json$", "");
            return new Recording(name, Recording.JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
