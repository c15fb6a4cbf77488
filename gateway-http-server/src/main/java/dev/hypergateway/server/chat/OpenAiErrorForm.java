package dev.hypergateway.server.chat;

import dev.hypergateway.openai.OpenAiError;
import dev.hypergateway.server.http.ErrorForm;
import dev.hypergateway.server.http.Problem;
import dev.hypergateway.server.http.Reply;

/** Errors of the HTTP door itself as OpenAI's clients expect them. Stateless. */
public final class OpenAiErrorForm implements ErrorForm {
    @Override
    public Reply write(Problem problem) {
        OpenAiError error = new OpenAiError(
                problem.status(),
                problem.text(),
                type(problem.status()),
                problem.param().orElse(null),
                problem.code().orElse(null));
        return Reply.json(problem.status(), error.toJson());
    }

    private static String type(int status) {
        if (status >= 500) {
            return "api_error";
        }
        return switch (status) {
            case 401, 403 -> "authentication_error";
            case 429 -> "rate_limit_error";
            default -> "invalid_request_error";
        };
    }
}
