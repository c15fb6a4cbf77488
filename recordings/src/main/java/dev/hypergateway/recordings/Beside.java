package dev.hypergateway.recordings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks for files in the folders above the one that a test runs in. */
final class Beside {
    private Beside() {}

    /** The nearest file or folder of this name, in the working folder or above it. */
    static Optional<Path> find(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve(name);
            if (Files.exists(found)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
