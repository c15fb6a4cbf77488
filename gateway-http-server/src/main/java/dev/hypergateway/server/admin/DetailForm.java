package dev.hypergateway.server.admin;

import dev.hypergateway.server.http.ErrorForm;
import dev.hypergateway.server.http.InvalidField;
import dev.hypergateway.server.http.Json;
import dev.hypergateway.server.http.Problem;
import dev.hypergateway.server.http.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Errors as {@code {"detail": "…"}}; fields that make no sense as a list with the place of each, as FastAPI writes them. Stateless. */
public final class DetailForm implements ErrorForm {
    @Override
    public Reply write(Problem problem) {
        Object detail = problem instanceof InvalidField invalid ? List.of(field(invalid)) : problem.text();
        return Json.reply(problem.status(), Map.of("detail", detail));
    }

    private static Map<String, Object> field(InvalidField invalid) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("type", "value_error");
        field.put("loc", List.of(invalid.place(), invalid.field()));
        field.put("msg", invalid.text());
        return field;
    }
}
