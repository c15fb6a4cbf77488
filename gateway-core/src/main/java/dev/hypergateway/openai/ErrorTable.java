package dev.hypergateway.openai;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.Redactor;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.UpstreamHeaders;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A vendor's errors as a table: the first row that matches says what an error means, so special rows stand before general ones;
 * what no row matches is classified by its HTTP status alone. Immutable and thread-safe.
 */
public final class ErrorTable implements ErrorClassifier {
    private final List<ErrorRow> rows;
    private final Clock clock;

    /**
     * @param rows the table, in order
     * @param clock for {@code Retry-After} dates
     */
    public ErrorTable(List<ErrorRow> rows, Clock clock) {
        this.rows = List.copyOf(rows);
        this.clock = clock;
    }

    /** The row that says what an error means; empty when its status alone does. */
    public Optional<ErrorRow> rowFor(VendorError error) {
        return rows.stream().filter(row -> row.matches(error)).findFirst();
    }

    @Override
    public Failure classify(int status, UpstreamHeaders headers, byte[] body, Credential credential) {
        VendorError error = VendorError.of(status, body);
        Optional<ErrorRow> row = rowFor(error);
        FailureKind kind = row.map(ErrorRow::kind).orElseGet(() -> Failures.kindOfStatus(error.status()));
        String message = row.map(ErrorRow::message).orElseGet(() -> message(error));
        Failure.Builder failure = Failure.builder(kind, Redactor.redact(message, credential.secret()))
                .httpStatus(error.status() == 0 ? null : error.status())
                .code(error.code() == null ? null : Redactor.redact(error.code(), credential.secret()))
                .param(row.map(found -> found.paramOf(error)).orElse(error.param()))
                .requestId(headers.first("x-request-id").orElse(null))
                .retryAfter(Failures.retryAfter(headers, clock.instant()).orElse(null));
        row.map(ErrorRow::scope).ifPresent(failure::scope);
        return failure.build();
    }

    private static String message(VendorError error) {
        if (error.form() == VendorError.Form.JSON || error.form() == VendorError.Form.TEXT) {
            return error.message();
        }
        return "HTTP " + error.status()
                + (error.message().isEmpty()
                        ? " without a reason"
                        : " with a page in place of a reason: " + error.message());
    }
}
