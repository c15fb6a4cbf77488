package dev.hypergateway.keystore.jdbc;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is and how to log in. The JDBC URL holds no credentials, so it may stand in a message.
 *
 * @param dialect its kind
 * @param jdbcUrl for the driver, without user and password
 * @param user who logs in; null for the driver's default
 * @param password of that user; null for none
 * @param place where it is, in words for people, without credentials
 * @param durable whether it outlives the process
 */
record DatabaseLocation(
        Dialect dialect,
        String jdbcUrl,
        @Nullable String user,
        @Nullable String password,
        String place,
        boolean durable) {
    private static final String ACCEPTED = "use jdbc:h2:file:/path/name, jdbc:postgresql://host:5432/name or"
            + " postgresql://user:password@host:5432/name (special characters in user and password percent-encoded)";

    DatabaseLocation {
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        Objects.requireNonNull(place, "place");
    }

    /**
     * The database that {@code DATABASE_URL} names, else an H2 file in the data folder.
     *
     * @throws IllegalArgumentException when the URL is not understood; the message does not repeat it, as it may hold a password
     */
    static DatabaseLocation of(Settings settings) {
        String url = settings.text(Settings.DATABASE_URL).orElse(null);
        if (url == null) {
            return H2Urls.inFolder(DataDirectory.create(DataDirectory.locate(settings)));
        }
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith(H2Urls.PREFIX)) {
            return H2Urls.parse(url);
        }
        if (lower.startsWith("jdbc:postgresql:")
                || lower.startsWith("postgresql://")
                || lower.startsWith("postgres://")) {
            return PostgresUrls.parse(url);
        }
        throw unreadable("names a database of a kind that is not supported");
    }

    static IllegalArgumentException unreadable(String why) {
        return new IllegalArgumentException(Settings.DATABASE_URL + " " + why + "; " + ACCEPTED);
    }

    @Override
    public String toString() {
        return "DatabaseLocation[" + place + "]";
    }
}
