package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStoreException;

/** Says in words why a database could not be opened, and what to do. */
final class OpenFailures {
    /** H2's own codes, which it also uses as SQL states. */
    private static final String H2_IN_USE = "90020";

    private static final String H2_WRONG_USER_OR_PASSWORD = "28000";
    private static final String POSTGRES_WRONG_PASSWORD = "28P01";
    private static final String POSTGRES_NO_SUCH_DATABASE = "3D000";

    private OpenFailures() {}

    static KeyStoreException explain(DatabaseLocation location, Exception failure) {
        if (failure instanceof KeyStoreException explained) {
            return explained;
        }
        String state = SqlStates.of(failure);
        String reason = switch (state) {
            case H2_IN_USE ->
                "another process has it open; stop that process, or make the change through the running server";
            case H2_WRONG_USER_OR_PASSWORD, POSTGRES_WRONG_PASSWORD ->
                "it does not accept the user or the password; correct them in " + Settings.DATABASE_URL;
            case POSTGRES_NO_SUCH_DATABASE -> "there is no database of that name; create it first";
            default ->
                driverIsMissing(failure)
                        ? "its driver is not on the class path; add org.postgresql:postgresql"
                        : "it is out of reach or damaged (SQL state " + state
                                + "); check that it runs, its address in " + Settings.DATABASE_URL
                                + ", and the permissions of its files";
        };
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new KeyStoreException("cannot open the database (" + location.place() + "): " + reason, cause);
    }

    /** Both {@link java.sql.DriverManager} and the pool say so in their message only. */
    static boolean driverIsMissing(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("No suitable driver") || message.contains("Failed to get driver instance");
    }
}
