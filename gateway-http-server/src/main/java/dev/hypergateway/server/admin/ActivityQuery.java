package dev.hypergateway.server.admin;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.key.Owner;
import dev.hypergateway.server.http.InvalidField;
import dev.hypergateway.server.http.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the filters of the activity log. Stateless. */
final class ActivityQuery {
    private static final int DEFAULT_LIMIT = 50;

    private ActivityQuery() {}

    /**
     * @throws InvalidField when a filter makes no sense
     */
    static AuditQuery of(Owner owner, Query query) {
        Optional<Instant> from = query.get("from_date").map(text -> time("from_date", text, LocalTime.MIN));
        Optional<Instant> to = query.get("to_date").map(text -> time("to_date", text, LocalTime.MAX));
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw new InvalidField("query", "from_date", "must not be after to_date");
        }
        return new AuditQuery(
                owner.id(),
                query.get("provider").orElse(null),
                query.get("action").map(ActivityQuery::action).orElse(null),
                from.orElse(null),
                to.orElse(null),
                query.get("limit").map(ActivityQuery::limit).orElse(DEFAULT_LIMIT));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= AuditQuery.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new InvalidField("query", "limit", "must be a whole number from 1 to " + AuditQuery.MAX_LIMIT);
    }

    private static AuditAction action(String text) {
        try {
            return AuditAction.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidField(
                    "query",
                    "action",
                    "must be one of "
                            + Arrays.stream(AuditAction.values())
                                    .map(Enum::name)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** A point in time; one without a zone is in UTC, and a day without a time begins or ends at {@code ofDay}. */
    private static Instant time(String field, String text, LocalTime ofDay) {
        // A plus sign that was not percent-encoded arrives as a space.
        String value = text.contains("T") ? text.replace(' ', '+') : text.replaceFirst(" ", "T");
        try {
            if (!value.contains("T")) {
                return LocalDate.parse(value).atTime(ofDay).toInstant(ZoneOffset.UTC);
            }
            String time = value.substring(value.indexOf('T'));
            return time.endsWith("Z") || time.contains("+") || time.contains("-")
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new InvalidField("query", field, "must be a date or time such as 2026-11-23 or 2026-11-23T15:04:05Z");
        }
    }
}
