package dev.hypergateway.recordings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One recorded exchange.
 *
 * @param name of the file, without its ending
 * @param json the whole file
 */
public record Recording(String name, JsonNode json) {
    /** Keeps numbers as they are written: 0.0 stays one with a fraction. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** What belongs to the connection that was recorded, not to the answer. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection", "content-encoding", "content-length", "date", "keep-alive", "trailer", "transfer-encoding");

    /** The method of the request, for example {@code POST}. */
    public String method() {
        return json.at("/request/method").asText();
    }

    /** The whole address that was asked. */
    public String url() {
        return json.at("/request/url").asText();
    }

    /** Path and query of the address, as recorded. */
    public String target() {
        return url().replaceFirst("^[a-z]+://[^/]+", "");
    }

    /** Whether the body of the request is known, as it is not of answers that were saved or quoted alone. */
    public boolean hasRequest() {
        return request().isObject();
    }

    /** The JSON of the request; a missing node when it had none or it is not known. */
    public JsonNode request() {
        return json.at("/request/body");
    }

    /** The status of the response. */
    public int status() {
        return json.at("/response/status").asInt();
    }

    /** Whether the response is an event stream. */
    public boolean isStream() {
        return json.at("/response").has("sse");
    }

    /** Whether the response is one piece of JSON. */
    public boolean isJson() {
        return response().isContainerNode();
    }

    /** The JSON of the response; a missing node when it is a stream or no JSON. */
    public JsonNode response() {
        return json.at("/response/body");
    }

    /**
     * The body of the response as it went over the wire, line ends of streams included. Where only its JSON was recorded, that
     * without white space.
     */
    public String body() {
        for (String field : List.of("sse", "body_text")) {
            if (json.at("/response").hasNonNull(field)) {
                return json.at("/response").get(field).asText();
            }
        }
        return isJson() ? response().toString() : "";
    }

    /** The body of the response as bytes. */
    public byte[] bytes() {
        return body().getBytes(StandardCharsets.UTF_8);
    }

    /** The JSON of all events of the stream, without {@code [DONE]}; of another response its JSON alone. */
    public List<JsonNode> chunks() {
        if (!isStream()) {
            return List.of(response());
        }
        return chunks(body());
    }

    /** The data of all events of the stream, in order. */
    public List<String> events() {
        return events(body());
    }

    static List<JsonNode> chunks(String sse) {
        return events(sse).stream()
                .filter(data -> data.startsWith("{"))
                .map(Recording::parse)
                .toList();
    }

    private static List<String> events(String sse) {
        List<String> events = new ArrayList<>();
        for (String event : sse.split("\r?\n\r?\n", -1)) {
            event.lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()).strip())
                    .reduce((first, second) -> first + "\n" + second)
                    .ifPresent(events::add);
        }
        return events;
    }

    /** The recorded type of the body, else the one that fits it. */
    public String contentType() {
        return header("Content-Type").orElse(isStream() ? "text/event-stream" : "application/json; charset=utf-8");
    }

    /** The first value of a header of the response, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers().get(name.toLowerCase(Locale.ROOT)))
                .filter(values -> !values.isEmpty())
                .map(values -> values.get(0));
    }

    /** The headers of the response with their names in lower case, without those that belong to the recorded connection. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new TreeMap<>();
        json.at("/response/headers").properties().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_THE_CONNECTION.contains(name)) {
                headers.put(name, values(header.getValue()));
            }
        });
        return headers;
    }

    /** The name, so that a test says which recording it was about. */
    @Override
    public String toString() {
        return name;
    }

    private static List<String> values(JsonNode value) {
        List<String> values = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(one -> values.add(one.asText()));
        } else {
            values.add(value.asText());
        }
        return values;
    }

    /** JSON read as recordings are, so that the two can be compared. */
    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no JSON: " + json, e);
        }
    }
}
