package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.h2.engine.SysProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** URLs of H2 databases. */
final class H2Urls {
    static final String PREFIX = "jdbc:h2:";

    private static final Logger log = LoggerFactory.getLogger(H2Urls.class);

    private static final String BIND_ADDRESS = "h2.bindAddress";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String FILE_NAME = "gateway";

    private H2Urls() {}

    /**
     * A database file in a folder of ours.
     *
     * <p>Commands such as {@code keys add} have to work while a server has the file open, so the process that comes first lets
     * others in (H2's AUTO_SERVER). Who connects must know a random key that H2 writes into the lock file; whoever has it may
     * run any SQL. So the door is opened only if nobody else can look into the folder, and on the loopback address only: H2
     * would listen on all addresses.
     */
    static DatabaseLocation inFolder(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        if (file.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("H2 cannot open a database in a folder with a semicolon in its name: "
                    + folder + "; choose another for " + Settings.DATA_DIR);
        }
        String url = PREFIX + "file:" + file + (canShare(folder) ? ";AUTO_SERVER=TRUE" : "");
        return parse(url);
    }

    /** An empty database that ends with the process. */
    static DatabaseLocation inMemory() {
        return parse(PREFIX + "mem:" + UUID.randomUUID());
    }

    static DatabaseLocation parse(String url) {
        String[] parts = url.split(";", -1);
        String path = parts[0].substring(PREFIX.length());
        if (path.isEmpty()) {
            throw DatabaseLocation.unreadable("lacks the path of the H2 database");
        }
        Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<String> rest = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                rest.add(parts[i]);
            } else {
                options.put(parts[i].substring(0, equals).strip(), parts[i].substring(equals + 1));
            }
        }
        String user = options.remove("USER");
        String password = options.remove("PASSWORD");
        boolean memory = path.toLowerCase(Locale.ROOT).startsWith("mem:");
        if (memory) {
            // An unnamed database would be another one for each connection.
            path = path.length() == "mem:".length() ? path + UUID.randomUUID() : path;
            options.putIfAbsent("DB_CLOSE_DELAY", "-1");
        }
        options.putIfAbsent("LOCK_TIMEOUT", "10000");
        StringBuilder built = new StringBuilder(PREFIX).append(path);
        options.forEach(
                (name, value) -> built.append(';').append(name).append('=').append(value));
        rest.stream()
                .filter(part -> !part.isBlank())
                .forEach(part -> built.append(';').append(part));
        return new DatabaseLocation(
                Dialect.H2,
                built.toString(),
                user == null ? "sa" : user,
                password == null ? "" : password,
                memory ? "H2 in memory" : "H2 at " + path.replaceFirst("^(?i)file:", ""),
                !memory);
    }

    private static boolean canShare(Path folder) {
        try {
            if (!DataDirectory.isPrivate(folder)) {
                log.warn(
                        "Others can look into the data folder {}, so commands cannot use the database while a server runs;"
                                + " chmod 700 it to allow that",
                        folder);
                return false;
            }
        } catch (IOException e) {
            throw new KeyStoreException("cannot read the permissions of " + folder + "; check its owner", e);
        }
        // H2 reads the property once, when its first class is loaded. If the program around us came first, we do not
        // share.
        if (System.getProperty(BIND_ADDRESS) == null) {
            System.setProperty(BIND_ADDRESS, LOOPBACK);
        }
        boolean loopback = LOOPBACK.equals(SysProperties.BIND_ADDRESS);
        if (!loopback) {
            log.info(
                    "H2 is set to listen on other addresses than {}, so this database is for one process at a time; start Java"
                            + " with -D{}={} to let commands in while it runs",
                    LOOPBACK,
                    BIND_ADDRESS,
                    LOOPBACK);
        }
        return loopback;
    }
}
