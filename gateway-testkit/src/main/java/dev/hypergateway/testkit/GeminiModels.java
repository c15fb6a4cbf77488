package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gemini's list of models, with paging. */
final class GeminiModels {
    /** The models of use here in the list of August 2026, and the two flash models announced since. */
    static final List<String> NAMES = List.of(
            "gemini-2.5-flash",
            "gemini-2.5-pro",
            "gemini-2.0-flash",
            "gemini-2.0-flash-001",
            "gemini-2.0-flash-lite-001",
            "gemini-2.0-flash-lite",
            "gemini-flash-latest",
            "gemini-flash-lite-latest",
            "gemini-pro-latest",
            "gemini-2.5-flash-lite",
            "gemini-3-pro-preview",
            "gemini-3-flash-preview",
            "gemini-3.1-pro-preview",
            "gemini-3.1-flash-lite",
            "gemini-3.5-flash",
            "gemini-3.5-flash-lite",
            "gemini-3.6-flash",
            "gemini-3.7-flash",
            "gemini-3.8-flash",
            "gemini-embedding-001",
            "gemini-embedding-2",
            "gemini-2.5-flash-image",
            "gemini-3-pro-image",
            "gemini-3.1-flash-image",
            "gemini-3.1-flash-lite-image",
            "imagen-4.0-generate-001",
            "imagen-4.0-fast-generate-001",
            "imagen-4.0-ultra-generate-001");

    /** The most tokens of a prompt as the error of 2025 has it, one less than in the list. */
    static final int INPUT_LIMIT = 1_048_575;

    private static final int DEFAULT_PAGE = 50;

    /** Where the aliases pointed in August 2026. */
    private static final Map<String, String> LATEST = Map.of(
            "gemini-flash-latest", "gemini-3.6-flash",
            "gemini-flash-lite-latest", "gemini-3.5-flash-lite",
            "gemini-pro-latest", "gemini-3.1-pro-preview");

    private GeminiModels() {}

    /** The model that answers for this name. */
    static String version(String name) {
        return LATEST.getOrDefault(name, name);
    }

    static ObjectNode page(WireRequest request, List<String> models) {
        int from = request.parameter("pageToken").map(GeminiModels::position).orElse(0);
        int size = request.parameter("pageSize").map(GeminiModels::number).orElse(DEFAULT_PAGE);
        int to = Math.min(models.size(), from + Math.max(1, size));
        ObjectNode body = Json.object();
        ArrayNode page = body.putArray("models");
        for (String name : models.subList(Math.min(from, to), to)) {
            page.add(describe(name));
        }
        if (to < models.size()) {
            body.put("nextPageToken", token(to));
        }
        return body;
    }

    static ObjectNode describe(String name) {
        boolean embeds = name.contains("embedding");
        boolean old = name.startsWith("gemini-2.0");
        ObjectNode model = Json.object()
                .put("name", "models/" + name)
                .put("version", "001")
                .put("displayName", displayName(name))
                .put("description", displayName(name) + " of the sandbox")
                .put("inputTokenLimit", embeds ? 2048 : name.startsWith("imagen") ? 480 : 1_048_576)
                .put("outputTokenLimit", embeds ? 1 : old ? 8192 : 65_536);
        ArrayNode methods = model.putArray("supportedGenerationMethods");
        if (embeds) {
            methods.add("embedContent")
                    .add("countTextTokens")
                    .add("countTokens")
                    .add("asyncBatchEmbedContent");
            return model;
        }
        if (name.startsWith("imagen")) {
            methods.add("predict");
            return model;
        }
        methods.add("generateContent")
                .add("countTokens")
                .add("createCachedContent")
                .add("batchGenerateContent");
        model.put("temperature", 1).put("topP", 0.95).put("topK", old ? 40 : 64).put("maxTemperature", 2);
        return old ? model : model.put("thinking", true);
    }

    private static String displayName(String name) {
        return Arrays.stream(name.split("-", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining(" "));
    }

    private static String token(int position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("from:" + position).getBytes(StandardCharsets.UTF_8));
    }

    private static int position(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return text.startsWith("from:") ? number(text.substring(5)) : 0;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static int number(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
