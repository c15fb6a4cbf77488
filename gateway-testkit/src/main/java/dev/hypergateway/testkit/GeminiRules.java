package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Gemini demands of a request beyond its types. The texts about function turns and signatures are from issue reports; those
 * about roles and ranges are not recorded and stand in for the vendor's. That about the last turn, and which models say it, is from
 * live tests of LibreChat (2026-07) and Pipecat (2026-09).
 */
final class GeminiRules {
    /** These refuse a conversation that ends with the model's turn; older ones go on from it. */
    private static final Set<String> WITHOUT_PREFILL =
            Set.of("gemini-3.5-flash-lite", "gemini-3.6-flash", "gemini-3.7-flash", "gemini-3.8-flash");

    private GeminiRules() {}

    /** What the vendor would say, or null when the request is good. */
    static @Nullable String complaint(String model, JsonNode body) {
        List<JsonNode> contents = GeminiSchema.elements(body, "contents");
        if (contents.isEmpty()) {
            return "* GenerateContentRequest.contents: contents is not specified\n";
        }
        for (int i = 0; i < contents.size(); i++) {
            String complaint = content(contents, i);
            if (complaint != null) {
                return complaint;
            }
        }
        if (isModel(contents.get(contents.size() - 1)) && WITHOUT_PREFILL.contains(GeminiModels.version(model))) {
            return "Requests ending with a model turn are not supported unless the last part is a function response.";
        }
        JsonNode generation = GeminiSchema.field(body, "generationConfig");
        for (String complaint : new String[] {config(generation), models(model, generation), tools(model, body)}) {
            if (complaint != null) {
                return complaint;
            }
        }
        return signature(model, contents);
    }

    /** What some models do not take. The texts are from issue reports of 2026. */
    private static @Nullable String models(String model, JsonNode config) {
        String version = GeminiModels.version(model);
        boolean penalty = GeminiSchema.field(config, "presencePenalty").asDouble() != 0
                || GeminiSchema.field(config, "frequencyPenalty").asDouble() != 0;
        if (penalty && !version.startsWith("gemini-2.0")) {
            return "Penalty is not enabled for this model";
        }
        String level = GeminiSchema.field(GeminiSchema.field(config, "thinkingConfig"), "thinkingLevel")
                .asText("");
        boolean thinks = version.contains("-pro") || version.matches("gemini-3\\.[78]-flash");
        return level.equalsIgnoreCase("minimal") && thinks
                ? "Thinking level is unsupported: THINKING_LEVEL_MINIMAL"
                : null;
    }

    /** Google's own tools beside functions: not before generation 3, and then only when asked for. */
    private static @Nullable String tools(String model, JsonNode body) {
        boolean functions = false;
        boolean others = false;
        for (JsonNode tool : GeminiSchema.elements(body, "tools")) {
            boolean declares =
                    !GeminiSchema.elements(tool, "functionDeclarations").isEmpty();
            functions |= declares;
            others |= tool.size() > (declares ? 1 : 0);
        }
        if (!functions || !others) {
            return null;
        } else if (!GeminiModels.version(model).startsWith("gemini-3")) {
            return "Tool use with function calling is unsupported";
        }
        JsonNode config = GeminiSchema.field(body, "toolConfig");
        return GeminiSchema.field(config, "includeServerSideToolInvocations").asBoolean()
                ? null
                : "Please enable tool_config.include_server_side_tool_invocations to use Built-in tools with Function"
                        + " calling.";
    }

    private static @Nullable String content(List<JsonNode> contents, int index) {
        JsonNode content = contents.get(index);
        String role = content.path("role").asText("user");
        if (!role.equals("user") && !role.equals("model") && !role.equals("function")) {
            return "Please use a valid role: user, model.";
        }
        if (GeminiSchema.elements(content, "parts").isEmpty()) {
            return "* GenerateContentRequest.contents[" + index + "].parts: contents.parts must not be empty.\n";
        }
        int calls = count(content, "functionCall");
        if (calls > 0 && (index == 0 || isModel(contents.get(index - 1)))) {
            return "Please ensure that function call turn comes immediately after a user turn or after a function"
                    + " response turn.";
        }
        int results = count(content, "functionResponse");
        if (results > 0 && (index == 0 || count(contents.get(index - 1), "functionCall") != results)) {
            return "Please ensure that the number of function response parts is equal to the number of function call"
                    + " parts of the function call turn.";
        }
        return null;
    }

    private static @Nullable String config(JsonNode config) {
        JsonNode temperature = config.path("temperature");
        if (temperature.isNumber() && (temperature.asDouble() < 0 || temperature.asDouble() > 2)) {
            return "* GenerateContentRequest.generation_config.temperature: temperature must be in the range"
                    + " [0.0, 2.0].\n";
        }
        JsonNode topP = GeminiSchema.field(config, "topP");
        if (topP.isNumber() && (topP.asDouble() < 0 || topP.asDouble() > 1)) {
            return "* GenerateContentRequest.generation_config.top_p: top_p must be in the range [0.0, 1.0].\n";
        }
        if (GeminiSchema.field(config, "stopSequences").size() > 5) {
            return "* GenerateContentRequest.generation_config.stop_sequences: at most 5 stop sequences are allowed.\n";
        }
        JsonNode limit = GeminiSchema.field(config, "maxOutputTokens");
        if (limit.isNumber() && limit.asInt() < 1) {
            return "* GenerateContentRequest.generation_config.max_output_tokens: max_output_tokens must be positive.\n";
        }
        JsonNode count = GeminiSchema.field(config, "candidateCount");
        if (count.isNumber() && (count.asInt() < 1 || count.asInt() > 8)) {
            return "* GenerateContentRequest.generation_config.candidate_count: candidate_count must be in the range"
                    + " [1, 8].\n";
        }
        JsonNode thinking = GeminiSchema.field(config, "thinkingConfig");
        if (!GeminiSchema.field(thinking, "thinkingBudget").isMissingNode()
                && !GeminiSchema.field(thinking, "thinkingLevel").isMissingNode()) {
            return "You can only set only one of thinking budget and thinking level.";
        }
        return null;
    }

    /** Gemini 3 wants the signature of each step of the current turn back, on the step's first call. */
    private static @Nullable String signature(String model, List<JsonNode> contents) {
        if (!GeminiModels.version(model).startsWith("gemini-3")) {
            return null;
        }
        int turn = contents.size() - 1;
        while (turn > 0 && (isModel(contents.get(turn)) || count(contents.get(turn), "functionResponse") > 0)) {
            turn--;
        }
        for (int i = turn; i < contents.size(); i++) {
            for (JsonNode part : GeminiSchema.elements(contents.get(i), "parts")) {
                JsonNode call = GeminiSchema.field(part, "functionCall");
                if (call.isMissingNode()) {
                    continue;
                }
                String signature = GeminiSchema.field(part, "thoughtSignature").asText("");
                if (!signature.isEmpty()
                        && !GeminiSignatures.fits(signature, call.path("name").asText(), call.path("args"))) {
                    return "Corrupted thought signature.";
                }
                if (signature.isEmpty()) {
                    return "Function call is missing a thought_signature in functionCall parts. This is required for"
                            + " tools to work correctly, and missing thought_signature may lead to degraded model"
                            + " performance. Additional data, function call `default_api:"
                            + call.path("name").asText() + "` , position " + (i + 1)
                            + ". Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more"
                            + " details.";
                }
                break;
            }
        }
        return null;
    }

    private static boolean isModel(JsonNode content) {
        return content.path("role").asText().equals("model");
    }

    private static int count(JsonNode content, String camel) {
        int count = 0;
        for (JsonNode part : GeminiSchema.elements(content, "parts")) {
            count += GeminiSchema.field(part, camel).isMissingNode() ? 0 : 1;
        }
        return count;
    }
}
