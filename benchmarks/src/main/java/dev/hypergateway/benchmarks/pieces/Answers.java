package dev.hypergateway.benchmarks.pieces;

/** Answers of vendors, of about a kilobyte. */
public final class Answers {
    private static final String TEXT = "Air scatters blue light more than red light. ".repeat(14);

    private Answers() {}

    public static String openAi() {
        return """
                {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion","created":1764000000,\
                "model":"grok-4-0709","choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},\
                "finish_reason":"stop"}],"usage":{"prompt_tokens":519,"completion_tokens":201,"total_tokens":720,\
                "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}},\
                "system_fingerprint":"fp_3a7881249c"}""".formatted(TEXT);
    }

    public static String gigaChat() {
        return """
                {"choices":[{"message":{"content":"%s","role":"assistant"},"index":0,"finish_reason":"stop"}],\
                "created":1764000000,"model":"GigaChat-2-Max:2.0.28.2","object":"chat.completion","usage":\
                {"prompt_tokens":519,"completion_tokens":201,"total_tokens":720,"precached_prompt_tokens":0}}""".formatted(TEXT);
    }

    public static String gemini() {
        return """
                {"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"},"finishReason":"STOP","index":0}],\
                "usageMetadata":{"promptTokenCount":519,"candidatesTokenCount":201,"totalTokenCount":720},\
                "modelVersion":"gemini-2.5-flash","responseId":"mbQkadmtC6Wk1PIPvNqMkAU"}""".formatted(TEXT);
    }
}
