package dev.hypergateway.keystore.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One step of the schema. Steps are never changed once released; a change is a further step.
 *
 * @param version position, starting at 1
 * @param name what it does
 * @param sql the statements
 */
record Migration(int version, String name, String sql) {
    private static final String FOLDER = "migration/";

    /** All steps for a kind of database, in order. */
    static List<Migration> all(Dialect dialect) {
        return List.of(load(1, "schema", ".sql"), load(2, "one_selected_key", "." + dialect.id() + ".sql"));
    }

    /** SHA-256 of the statements, the same whichever line ends the source was checked out with. */
    String checksum() {
        byte[] text = sql.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Hashes.sha256(text));
    }

    private static Migration load(int version, String name, String suffix) {
        String file = String.format(Locale.ROOT, "%sV%d__%s%s", FOLDER, version, name, suffix);
        try (InputStream in = Migration.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the migration " + file + " is missing from this program's jar");
            }
            return new Migration(version, name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
