package dev.hypergateway.testkit;

/** Requests to the vendors. */
final class Bodies {
    static final String GEMINI_STREAM = "gemini-2.5-flash:streamGenerateContent?alt=sse";
    static final String GEMINI_WHOLE = "gemini-2.5-flash:generateContent";

    private Bodies() {}

    static String gemini(String text) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":" + quoted(text) + "}]}]}";
    }

    static String xai(String text) {
        return xai("grok-4.3", text, "");
    }

    static String xaiStream(String text) {
        return xai("grok-4.3", text, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    }

    static String xai(String model, String text, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":" + quoted(text) + "}]" + more
                + "}";
    }

    private static String quoted(String text) {
        return Json.object().put("t", text).get("t").toString();
    }
}
