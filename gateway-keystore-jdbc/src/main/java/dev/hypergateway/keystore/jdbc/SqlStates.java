package dev.hypergateway.keystore.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** The five-character codes by which databases say what went wrong (ISO/IEC 9075-2, PostgreSQL appendix A, H2 ErrorCode). */
final class SqlStates {
    private static final String UNIQUE_VIOLATION = "23505";

    /** PostgreSQL: too many connections. H2: connection broken, database closed. */
    private static final Set<String> OUT_OF_REACH = Set.of("53300", "90067", "90098", "90121");

    private SqlStates() {}

    /** The first code in the chain of causes; {@code unknown} when there is none. */
    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return e.getSQLState();
            }
        }
        return "unknown";
    }

    static boolean isUniqueViolation(Throwable failure) {
        return of(failure).equals(UNIQUE_VIOLATION);
    }

    /** Whether the connection is the trouble, or a server that is just starting or stopping. */
    static boolean isOutOfReach(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException) {
                return true;
            }
        }
        String state = of(failure);
        return state.startsWith("08") || state.startsWith("57P") || OUT_OF_REACH.contains(state);
    }

    /** Whether the data itself was refused (wrong value, violated constraint), so that trying again is of no use. */
    static boolean isRefusal(Throwable failure) {
        String state = of(failure);
        return state.startsWith("22") || state.startsWith("23");
    }
}
