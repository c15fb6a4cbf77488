package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How Gemini puts objects on the wire: events that end in CRLF CRLF, or elements of one array. */
final class GeminiFraming {
    private GeminiFraming() {}

    static byte[] event(ObjectNode body) {
        return Json.bytes("data: " + Json.spaced(body) + "\r\n\r\n");
    }

    /** The objects in this style; in an array the last piece is its end. */
    static List<byte[]> frame(List<ObjectNode> bodies, Route.Style style) {
        return switch (style) {
            case EVENTS -> bodies.stream().map(GeminiFraming::event).toList();
            case WHOLE ->
                bodies.stream().map(body -> Json.bytes(Json.pretty(body))).toList();
            case ARRAY -> array(bodies);
        };
    }

    private static List<byte[]> array(List<ObjectNode> bodies) {
        List<byte[]> pieces = new ArrayList<>();
        for (ObjectNode body : bodies) {
            pieces.add(Json.bytes((pieces.isEmpty() ? "[" : ",\r\n") + Json.pretty(body)));
        }
        pieces.add(Json.bytes(pieces.isEmpty() ? "[]\n" : "]\n"));
        return pieces;
    }
}
