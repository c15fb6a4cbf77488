package dev.hypergateway.openai;

import dev.hypergateway.chat.ResponseFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wanted form of the answer in OpenAI's JSON. Stateless. */
final class ResponseFormatJson {
    private ResponseFormatJson() {}

    static @Nullable ResponseFormat take(Members request) {
        Members format = request.object("response_format");
        if (format == null) {
            return null;
        }
        String type = format.requiredText("type");
        if (type.equals("json_schema")) {
            return readSchema(format);
        }
        if (format.rest().isEmpty() && type.equals("text")) {
            return ResponseFormat.TEXT;
        }
        if (format.rest().isEmpty() && type.equals("json_object")) {
            return ResponseFormat.JSON_OBJECT;
        }
        format.rest().put("type", type);
        return new ResponseFormat.Other(type, format.rest());
    }

    private static ResponseFormat readSchema(Members format) {
        Members schema = format.requiredObject("json_schema");
        String name = schema.requiredText("name");
        String description = schema.string("description");
        Map<String, Object> document = schema.map("schema");
        Boolean strict = schema.bool("strict");
        return new ResponseFormat.JsonSchema(
                name, description, document, strict, PartJson.extra(format, "json_schema", schema));
    }

    static Map<String, Object> write(ResponseFormat format) {
        if (format instanceof ResponseFormat.Text) {
            return Map.of("type", "text");
        }
        if (format instanceof ResponseFormat.JsonObject) {
            return Map.of("type", "json_object");
        }
        if (format instanceof ResponseFormat.JsonSchema schema) {
            ObjectWriter inner = new ObjectWriter()
                    .put("name", schema.name())
                    .optional("description", schema.description())
                    .optional("schema", schema.schema())
                    .optional("strict", schema.strict());
            return new ObjectWriter()
                    .put("type", "json_schema")
                    .inner("json_schema", inner, schema.extra())
                    .extra(schema.extra())
                    .members();
        }
        return ((ResponseFormat.Other) format).fields();
    }
}
