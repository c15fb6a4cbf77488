package dev.hypergateway.server.demo;

import java.net.URI;

/**
 * A call to try.
 *
 * @param title what it shows
 * @param model model reference
 * @param prompt the question, without quotes
 * @param stream whether the answer is streamed
 */
record DemoCall(String title, String model, String prompt, boolean stream) {
    static final DemoCall GOOGLE = new DemoCall("Gemini", "google/gemini-2.5-flash", "Why is the sky blue?", false);
    static final DemoCall XAI = new DemoCall("Grok", "x-ai/grok-4", "Who was Ada Lovelace?", false);
    static final DemoCall STREAM =
            new DemoCall("Gemini, streamed", "google/gemini-2.5-flash", "What is a stream?", true);

    /** The body of the request. */
    String json() {
        return "{\"model\":\"" + model + "\"," + (stream ? "\"stream\":true," : "")
                + "\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}";
    }

    /** A line for a shell that makes the call and shows the headers of the answer. */
    String curl(URI gateway, String key) {
        return "curl -i" + (stream ? "N" : "") + " " + gateway + "/v1/chat/completions -H 'Authorization: Bearer " + key
                + "' -H 'Content-Type: application/json' -d '" + json() + "'";
    }
}
