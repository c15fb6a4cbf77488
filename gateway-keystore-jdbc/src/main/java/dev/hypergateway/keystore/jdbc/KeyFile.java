package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that holds the master key where the configuration has none. Readable by its owner only. */
final class KeyFile {
    static final String NAME = "master.key";

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);

    private KeyFile() {}

    /**
     * The text of the file.
     *
     * @param fresh what to write when there is no file yet
     * @throws KeyStoreException when it cannot be made or read, or can be read by others
     */
    static String readOrCreate(Path file, Supplier<String> fresh) {
        try {
            if (Files.notExists(file) && create(file, fresh.get())) {
                log.info(
                        "Made a master key for stored secrets in {}; keep a copy, without it the stored keys cannot be read",
                        file);
            }
            if (!DataDirectory.isPrivate(file)) {
                throw new KeyStoreException(
                        "the master key file " + file
                                + " can be read by others than its owner; chmod 600 it, and change the"
                                + " provider keys if somebody may have seen it",
                        null);
            }
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                throw new KeyStoreException(
                        "the master key file " + file
                                + " is empty; put its backup back, or delete it if no keys are stored yet",
                        null);
            }
            return text;
        } catch (IOException e) {
            throw new KeyStoreException(
                    "cannot make or read the master key file " + file + "; check its owner, or set "
                            + Settings.ENCRYPTION_KEY,
                    e);
        }
    }

    /** False when another process has made the file in the meantime. */
    private static boolean create(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(NAME + "." + UUID.randomUUID() + ".tmp");
        try {
            write(draft, text);
            return publish(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path draft, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                DataDirectory.ownerOnly("rw-------"))) {
            restrictAcl(draft);
            ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A hard link appears with its whole content or not at all, and never replaces what is there. */
    private static boolean publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException e) {
            // Some file systems (FAT, a few network shares) have no hard links.
            try {
                Files.move(draft, file);
                return true;
            } catch (FileAlreadyExistsException raced) {
                return false;
            }
        }
    }

    private static void restrictAcl(Path path) throws IOException {
        AclFileAttributeView view = Files.getFileAttributeView(path, AclFileAttributeView.class);
        if (DataDirectory.isPosix() || view == null) {
            return;
        }
        view.setAcl(List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(view.getOwner())
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build()));
    }
}
