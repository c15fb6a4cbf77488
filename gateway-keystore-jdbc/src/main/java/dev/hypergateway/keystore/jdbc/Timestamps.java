package dev.hypergateway.keystore.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * Instants in columns of type {@code TIMESTAMP(6) WITH TIME ZONE}. They travel as UTC offset date-times, because
 * {@link java.sql.Timestamp} goes through the local time zone and is ambiguous for one hour each autumn.
 */
final class Timestamps {
    /** Both databases take these, but not all that {@link Instant} can hold. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Timestamps() {}

    /** The instant as it reads back after it was stored: in whole microseconds. */
    static Instant stored(Instant instant) {
        Instant bounded = instant.isAfter(LATEST) ? LATEST : instant.isBefore(EARLIEST) ? EARLIEST : instant;
        return bounded.truncatedTo(ChronoUnit.MICROS);
    }

    static Argument argument(@Nullable Instant instant) {
        return (position, statement, context) -> {
            if (instant == null) {
                statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                statement.setObject(position, stored(instant).atOffset(ZoneOffset.UTC));
            }
        };
    }

    static Instant read(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant readNullable(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
