package dev.hypergateway.server.admin;

import dev.hypergateway.server.http.ErrorForm;
import dev.hypergateway.server.http.InvalidField;
import dev.hypergateway.server.http.Problem;
import dev.hypergateway.server.http.Reply;
import java.util.List;
import java.util.Map;

/** Errors as {@code {"detail": "…"}}; fields that make no sense as a list with the place of each, as FastAPI writes them. Stateless. */
public final class DetailForm implements ErrorForm {
    @Override
    public Reply write(Problem problem) {
        Object detail = problem instanceof InvalidField invalid
                ? List.of(Map.of(
                        "type",
                        "value_error",
                        "loc",
                        List.of(invalid.place(), invalid.field()),
                        "msg",
                        invalid.text()))
                : problem.text();
        return Json.reply(problem.status(), Map.of("detail", detail));
    }
}
