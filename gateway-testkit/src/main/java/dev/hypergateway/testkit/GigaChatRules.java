package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What GigaChat demands of a request, in its own words where they are known: 400 for anything of a wrong shape, 422 for what makes no
 * sense. The words about ranges and files stand in for the vendor's.
 */
final class GigaChatRules {
    private static final String SHAPE = "Your request contains invalid JSON syntax.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final int MOST_FILES = 10;

    private final JsonNode body;
    private final Predicate<String> hasFile;

    /** @param hasFile whether the key has a file with this id */
    GigaChatRules(JsonNode body, Predicate<String> hasFile) {
        this.body = body;
        this.hasFile = hasFile;
    }

    void check() throws Rejection {
        shape();
        require(!body.path("messages").isEmpty(), "Invalid params: messages must not be empty");
        ranges();
        functions();
        format();
        messages();
    }

    private void shape() throws Rejection {
        demand(body.path("model").isTextual() && body.path("messages").isArray());
        demand(!body.has("tools") && !body.has("tool_choice"));
        demand(!body.has("functions") || body.get("functions").isArray());
        demand(!body.has("stream") || body.get("stream").isBoolean());
        for (JsonNode message : body.path("messages")) {
            demand(message.path("role").asText().matches("system|user|assistant|function|function_in_progress"));
            demand(message.path("content").isTextual() || message.has("function_call"));
            demand(!message.has("function_call")
                    || message.path("function_call").path("arguments").isObject());
            demand(!message.has("attachments") || message.get("attachments").isArray());
        }
    }

    private void ranges() throws Rejection {
        JsonNode temperature = body.path("temperature");
        demand(temperature.isMissingNode() || temperature.isNumber());
        require(
                !temperature.isNumber() || temperature.asDouble() > 0,
                "Invalid params: temperature must be in range (0, +inf)");
        JsonNode topP = body.path("top_p");
        require(
                !topP.isNumber() || (topP.asDouble() >= 0 && topP.asDouble() <= 1),
                "Invalid params: top_p must be in range [0, 1]");
        JsonNode penalty = body.path("repetition_penalty");
        require(
                !penalty.isNumber() || penalty.asDouble() > 0,
                "Invalid params: repetition_penalty must be in range (0, +inf)");
    }

    private void functions() throws Rejection {
        for (JsonNode function : body.path("functions")) {
            String name = function.path("name").asText();
            require(
                    NAME.matcher(name).matches(),
                    "Invalid params: Invalid function names. Only Latin letters (A-Z or a-z), underscore (_), hyphen (-),"
                            + " dot (.) and digits (not leading) are allowed.: [" + name + "]");
            String complaint = GigaChatSchema.complaint(function.path("parameters"), "");
            require(complaint == null, String.valueOf(complaint));
        }
    }

    private void format() throws Rejection {
        JsonNode format = body.path("response_format");
        String type = format.path("type").asText("text");
        if (!type.equals("text") && !type.equals("json_schema")) {
            throw new Rejection(GigaChatErrors.api(400, "Unknown type \"" + type + "\" in response_format"));
        }
        if (type.equals("json_schema") && !format.path("schema").isObject()) {
            throw new Rejection(GigaChatErrors.api(400, "Empty schema with json format type is not supported"));
        }
    }

    private void messages() throws Rejection {
        int files = 0;
        @Nullable String called = null;
        for (int i = 0; i < body.get("messages").size(); i++) {
            JsonNode message = body.get("messages").get(i);
            String role = message.path("role").asText();
            require(i == 0 || !role.equals("system"), "Invalid params: system message must be the first message");
            require(
                    called == null || role.equals("function"),
                    "Invalid params: every assistant function call must have a result in history");
            if (role.equals("function")) {
                String name = message.path("name").asText();
                require(
                        name.equals(called),
                        "Invalid params: every assistant function result must have an assistant function call in history");
                result(name, message.path("content").asText());
            }
            called = message.has("function_call")
                    ? message.get("function_call").path("name").asText()
                    : null;
            files += message.path("attachments").size();
            files(message.path("attachments"));
        }
        require(called == null, "Invalid params: every assistant function call must have a result in history");
        require(files <= MOST_FILES, "Invalid params: too many attachments");
    }

    private void files(JsonNode attachments) throws Rejection {
        require(attachments.size() <= 1, "Invalid params: too many attachments in one message");
        for (JsonNode id : attachments) {
            if (!hasFile.test(id.asText())) {
                throw new Rejection(GigaChatErrors.api(404, "No such file"));
            }
        }
    }

    private static void result(String name, String content) throws Rejection {
        try {
            demand(!Json.read(content).isMissingNode());
        } catch (JsonProcessingException e) {
            throw new Rejection(GigaChatErrors.api(
                    422, "Invalid params: invalid function result for function " + name + " json string " + content));
        }
    }

    private static void demand(boolean shape) throws Rejection {
        if (!shape) {
            throw new Rejection(GigaChatErrors.api(400, SHAPE));
        }
    }

    private static void require(boolean sense, String complaint) throws Rejection {
        if (!sense) {
            throw new Rejection(GigaChatErrors.api(422, complaint));
        }
    }
}
