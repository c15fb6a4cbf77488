package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that encrypt stored secrets: the first one encrypts, all of them decrypt. To change the key, put a fresh one in front,
 * run {@link JdbcKeyStore#reencrypt()}, then drop the old one. Immutable; {@code toString()} shows ids only.
 */
public final class MasterKeys {
    private static final Logger log = LoggerFactory.getLogger(MasterKeys.class);

    private static final String HOW_TO_MAKE = "make one with: openssl rand -base64 32";

    private final List<MasterKey> keys;

    private MasterKeys(List<MasterKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * The keys in {@code APP_ENCRYPTION_KEY}, else the one in the file {@code master.key} of the data folder, which is made when
     * it is missing. A database in memory needs no file: its key is forgotten together with it.
     *
     * @param database what the keys are for
     * @param settings configuration by environment-variable name
     * @throws IllegalArgumentException when {@code APP_ENCRYPTION_KEY} does not hold keys
     * @throws KeyStoreException when the file cannot be made or read, or can be read by others
     */
    public static MasterKeys open(JdbcDatabase database, Map<String, String> settings) {
        Settings read = new Settings(settings);
        Optional<String> given = read.text(Settings.ENCRYPTION_KEY);
        if (given.isPresent()) {
            return parse(given.get());
        }
        if (!database.location().durable()) {
            return ephemeral();
        }
        if (database.location().dialect() == Dialect.POSTGRESQL) {
            log.info(
                    "{} is not set, so the master key is a file of this machine; other machines on the same database need the"
                            + " same key",
                    Settings.ENCRYPTION_KEY);
        }
        return inFolder(DataDirectory.create(DataDirectory.locate(read)));
    }

    /**
     * Reads keys as {@code APP_ENCRYPTION_KEY} holds them: each the base64 form (standard or URL-safe) of 32 bytes, or exactly 32
     * characters that are the bytes themselves; several are separated by commas.
     *
     * @throws IllegalArgumentException when a key has another form; the message does not repeat it
     */
    public static MasterKeys parse(String text) {
        String value = text.strip();
        // First as a whole: 32 characters may have a comma among them.
        byte[] single = key(value);
        if (single != null) {
            return new MasterKeys(List.of(new MasterKey(single)));
        }
        List<MasterKey> keys = new ArrayList<>();
        String[] parts = value.split(",", -1);
        for (int i = 0; i < parts.length; i++) {
            byte[] key = key(parts[i].strip());
            if (key == null) {
                throw new IllegalArgumentException(Settings.ENCRYPTION_KEY
                        + (parts.length == 1 ? "" : ": key number " + (i + 1))
                        + " is neither the base64 form of 32 bytes nor exactly 32 characters (it has "
                        + parts[i].strip().length() + "); " + HOW_TO_MAKE);
            }
            keys.add(new MasterKey(key));
        }
        return new MasterKeys(keys);
    }

    /** A key that is forgotten with the process, for databases in memory. */
    public static MasterKeys ephemeral() {
        return new MasterKeys(List.of(new MasterKey(random())));
    }

    /** The key in a folder's file {@code master.key}, which is made when it is missing. */
    static MasterKeys inFolder(Path folder) {
        return parse(KeyFile.readOrCreate(
                folder.resolve(KeyFile.NAME), () -> Base64.getEncoder().encodeToString(random())));
    }

    /** Id of the key that encrypts: eight hexadecimal digits that give nothing away. */
    public String currentId() {
        return current().id();
    }

    /** Ids of all keys, the encrypting one first. */
    public List<String> ids() {
        return keys.stream().map(MasterKey::id).toList();
    }

    MasterKey current() {
        return keys.get(0);
    }

    List<MasterKey> all() {
        return keys;
    }

    Optional<MasterKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return "MasterKeys" + ids();
    }

    private static byte @Nullable [] key(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        if (raw.length == MasterKey.BYTES) {
            return raw;
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            return decoded.length == MasterKey.BYTES ? decoded : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[MasterKey.BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
