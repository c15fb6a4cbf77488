package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads server-sent events of one data line each. */
final class Sse {
    private Sse() {}

    static List<String> data(String body) {
        List<String> data = new ArrayList<>();
        for (String line : body.split("\r\n|\n|\r", -1)) {
            if (line.startsWith("data: ")) {
                data.add(line.substring(6));
            }
        }
        return data;
    }

    /** The events as JSON, without {@code [DONE]}. */
    static List<JsonNode> json(String body) {
        return data(body).stream()
                .filter(data -> !data.equals("[DONE]"))
                .map(Shape::parse)
                .toList();
    }

    static String geminiText(String body) {
        StringBuilder text = new StringBuilder();
        for (JsonNode event : json(body)) {
            for (JsonNode part :
                    event.path("candidates").path(0).path("content").path("parts")) {
                text.append(
                        part.path("thought").asBoolean()
                                ? ""
                                : part.path("text").asText(""));
            }
        }
        return text.toString();
    }

    static String xaiText(String body) {
        StringBuilder text = new StringBuilder();
        json(body)
                .forEach(event -> text.append(event.path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asText("")));
        return text.toString();
    }
}
