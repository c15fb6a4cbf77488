package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hypergateway.chat.Citation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Translates the sources of a grounded answer. Gemini counts positions in bytes of UTF-8; citations count in Java characters.
 * Sources without an address, such as documents of a file-search store, stay in the candidate's own fields. Stateless.
 */
final class GeminiCitations {
    private static final JsonNode NOWHERE = MissingNode.getInstance();

    private GeminiCitations() {}

    /**
     * @param candidate a whole candidate, or what has been gathered of it
     * @param text its whole text
     */
    static List<Citation> of(JsonNode candidate, String text) {
        Set<Citation> citations = new LinkedHashSet<>();
        JsonNode grounding = candidate.path("groundingMetadata");
        JsonNode chunks = grounding.path("groundingChunks");
        JsonNode sources = candidate.path("citationMetadata").path("citationSources");
        if (chunks.isEmpty() && sources.isEmpty()) {
            return List.of();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Set<Integer> supported = new TreeSet<>();
        for (JsonNode support : grounding.path("groundingSupports")) {
            for (JsonNode index : support.path("groundingChunkIndices")) {
                supported.add(index.asInt());
                addChunk(chunks.path(index.asInt()), support.path("segment"), bytes, citations);
            }
        }
        for (int i = 0; i < chunks.size(); i++) {
            if (!supported.contains(i)) {
                addChunk(chunks.get(i), NOWHERE, bytes, citations);
            }
        }
        for (JsonNode source : sources) {
            add(source, source, bytes, citations);
        }
        return new ArrayList<>(citations);
    }

    /**
     * A chunk is one of {@code web}, {@code maps}, {@code retrievedContext} and {@code image}, each with {@code title} and
     * {@code uri}; a picture's {@code sourceUri} is the page that it stands on, which Google wants to be named.
     */
    private static void addChunk(JsonNode chunk, JsonNode segment, byte[] text, Set<Citation> citations) {
        for (JsonNode source : chunk) {
            add(source, segment, text, citations);
        }
    }

    private static void add(JsonNode source, JsonNode segment, byte[] text, Set<Citation> citations) {
        String uri = source.path("sourceUri").asText(source.path("uri").asText(""));
        if (uri.isEmpty()) {
            return;
        }
        boolean placed = segment.has("endIndex");
        citations.add(new Citation(
                uri,
                source.hasNonNull("title") ? source.get("title").asText() : null,
                placed ? position(segment.path("startIndex").asInt(), text) : null,
                placed ? position(segment.path("endIndex").asInt(), text) : null));
    }

    private static int position(int byteIndex, byte[] text) {
        int end = Math.max(0, Math.min(byteIndex, text.length));
        return new String(text, 0, end, StandardCharsets.UTF_8).length();
    }
}
