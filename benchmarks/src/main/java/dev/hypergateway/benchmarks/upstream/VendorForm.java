package dev.hypergateway.benchmarks.upstream;

import java.util.List;
import java.util.Locale;

/** How a vendor writes an answer, reduced to what it always writes. */
enum VendorForm {
    OPENAI {
        @Override
        String answer(String text) {
            return """
                    {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion","created":1764000000,\
                    "model":"grok-4-0709","choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},\
                    "finish_reason":"stop"}],"usage":{"prompt_tokens":519,"completion_tokens":201,"total_tokens":720,\
                    "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}},\
                    "system_fingerprint":"fp_3a7881249c"}""".formatted(text);
        }

        @Override
        String event(String text) {
            return chunk("\"content\":\"" + text + "\"", "null");
        }

        @Override
        List<String> ending() {
            return List.of(chunk("", "\"stop\""), "[DONE]");
        }

        private String chunk(String delta, String reason) {
            return """
                    {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk","created":1764000000,\
                    "model":"grok-4-0709","choices":[{"index":0,"delta":{%s},"finish_reason":%s}],\
                    "system_fingerprint":"fp_3a7881249c"}""".formatted(delta, reason);
        }
    },
    PERPLEXITY {
        @Override
        String answer(String text) {
            return """
                    {"id":"0c7a0be3-1d2d-4a7d-9d3a-2f3f0c6a8b11","object":"chat.completion","created":1764000000,\
                    "model":"sonar","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},\
                    "finish_reason":"stop"}],"usage":{"prompt_tokens":519,"completion_tokens":201,"total_tokens":720,\
                    "search_context_size":"low","cost":{"input_tokens_cost":0.001,"output_tokens_cost":0.001,\
                    "request_cost":0.005,"total_cost":0.007}},"citations":["https://example.com/a"]}""".formatted(text);
        }

        @Override
        String event(String text) {
            return chunk(text, "null");
        }

        @Override
        List<String> ending() {
            return List.of(chunk("", "\"stop\""), "[DONE]");
        }

        private String chunk(String text, String reason) {
            return """
                    {"id":"0c7a0be3-1d2d-4a7d-9d3a-2f3f0c6a8b11","object":"chat.completion.chunk","created":1764000000,\
                    "model":"sonar","usage":{"prompt_tokens":519,"completion_tokens":%s,"total_tokens":720},\
                    "choices":[{"index":0,"delta":{"role":"assistant","content":"%s"},"finish_reason":%s}]}""".formatted(Stamp.COUNT, text, reason);
        }
    },
    GIGACHAT {
        @Override
        String answer(String text) {
            return """
                    {"choices":[{"message":{"content":"%s","role":"assistant"},"index":0,"finish_reason":"stop"}],\
                    "created":1764000000,"model":"GigaChat-2-Max:2.0.28.2","object":"chat.completion","usage":\
                    {"prompt_tokens":519,"completion_tokens":201,"total_tokens":720,"precached_prompt_tokens":0}}""".formatted(text);
        }

        @Override
        String event(String text) {
            return """
                    {"choices":[{"delta":{"content":"%s"},"index":0}],"created":1764000000,\
                    "model":"GigaChat-2-Max:2.0.28.2","object":"chat.completion"}""".formatted(text);
        }

        @Override
        List<String> ending() {
            return List.of("""
                    {"choices":[{"delta":{"content":""},"index":0,"finish_reason":"stop"}],"created":1764000000,\
                    "model":"GigaChat-2-Max:2.0.28.2","object":"chat.completion","usage":{"prompt_tokens":519,\
                    "completion_tokens":201,"total_tokens":720,"precached_prompt_tokens":0}}""", "[DONE]");
        }
    },
    GEMINI {
        @Override
        String answer(String text) {
            return candidate(text, ",\"finishReason\":\"STOP\"", "201");
        }

        @Override
        String event(String text) {
            return candidate(text, "", Stamp.COUNT);
        }

        @Override
        List<String> ending() {
            return List.of(candidate("", ",\"finishReason\":\"STOP\"", "201"));
        }

        private String candidate(String text, String reason, String tokens) {
            return """
                    {"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"}%s,"index":0}],"usageMetadata":\
                    {"promptTokenCount":519,"candidatesTokenCount":%s,"totalTokenCount":720},\
                    "modelVersion":"gemini-2.5-flash","responseId":"mbQkadmtC6Wk1PIPvNqMkAU"}""".formatted(text, reason, tokens);
        }
    };

    /** The JSON of a whole answer. */
    abstract String answer(String text);

    /** The JSON of an event of a stream. */
    abstract String event(String text);

    /** The data of the last events of a stream. */
    abstract List<String> ending();

    /** Which vendor lives at a path. */
    static VendorForm at(String path) {
        for (VendorForm form : values()) {
            if (path.startsWith("/" + form.name().toLowerCase(Locale.ROOT) + "/")) {
                return form;
            }
        }
        return OPENAI;
    }
}
