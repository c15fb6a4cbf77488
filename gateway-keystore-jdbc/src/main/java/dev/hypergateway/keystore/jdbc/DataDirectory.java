package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStoreException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The folder of the embedded database and the master key. Made with access for its owner only. */
final class DataDirectory {
    private static final String DEFAULT_NAME = ".hyper-gateway";

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private DataDirectory() {}

    /** Where the folder is, whether it exists or not: {@code HYPER_DATA_DIR}, or {@code .hyper-gateway} in the home. */
    static Path locate(Settings settings) {
        Path home = Path.of(System.getProperty("user.home", "."));
        String given = settings.text(Settings.DATA_DIR).orElse(null);
        if (given == null) {
            return home.resolve(DEFAULT_NAME).toAbsolutePath();
        }
        Path path = given.equals("~") || given.startsWith("~/")
                ? home.resolve(given.substring(1).replaceFirst("^/", ""))
                : Path.of(given);
        return path.toAbsolutePath().normalize();
    }

    /**
     * Makes the folder unless it is there.
     *
     * @throws KeyStoreException when it cannot be made or written
     */
    static Path create(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Path parent = directory.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectories(directory, ownerOnly("rwx------"));
            }
        } catch (IOException e) {
            throw new KeyStoreException(
                    "cannot make the data folder " + directory + "; set " + Settings.DATA_DIR
                            + " to a folder that this user may write",
                    e);
        }
        if (!Files.isWritable(directory)) {
            throw new KeyStoreException(
                    "the data folder " + directory + " cannot be written by this user; change its owner, or set "
                            + Settings.DATA_DIR + " to another folder",
                    null);
        }
        return directory;
    }

    /** Attributes that give a file system entry to its owner alone, where the file system knows such a thing. */
    static FileAttribute<?>[] ownerOnly(String permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Whether nobody but the owner has access. Taken as given where the file system cannot tell. */
    static boolean isPrivate(Path path) throws IOException {
        if (!isPosix()) {
            return true;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return permissions.stream().noneMatch(OF_OTHERS::contains);
    }

    static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
