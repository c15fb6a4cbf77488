package dev.hypergateway.benchmarks.stress;

import dev.hypergateway.benchmarks.stress.Server.Answer;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.util.List;
import java.util.Map;

/**
 * A way in which a call fails. Outages before the first content are all at one vendor, so that its breaker stays open and no call
 * waits for retries.
 *
 * @param title in a few words
 * @param model what is asked for; empty for a request that is wrong
 * @param statuses what the client may get; 200 stands for a stream that breaks off
 */
record FailingKind(String title, String model, boolean stream, Map<String, String> headers, List<Integer> statuses) {
    static final List<FailingKind> ALL = List.of(
            new FailingKind("stored keys limited", "google/gemini-2.5-pro", false, Map.of(), List.of(503)),
            new FailingKind(
                    "the caller's key limited too",
                    "google/gemini-2.5-pro",
                    false,
                    google("limited-key"),
                    List.of(429, 503)),
            new FailingKind("stored keys rejected", "perplexity/sonar", false, Map.of(), List.of(503)),
            new FailingKind(
                    "the caller's key rejected too",
                    "perplexity/sonar",
                    true,
                    perplexity("rejected-key"),
                    List.of(401, 503)),
            new FailingKind(
                    "a model that the keys may not use", "google/gemini-2.0-flash", true, Map.of(), List.of(404, 503)),
            new FailingKind("500", "x-ai/grok-3", false, Map.of(), List.of(503)),
            new FailingKind("503, streamed", "x-ai/grok-4", true, Map.of(), List.of(503)),
            new FailingKind("a reset before the headers", "x-ai/grok-3-mini", true, Map.of(), List.of(503)),
            new FailingKind("half an answer", "x-ai/grok-code-fast-1", false, Map.of(), List.of(503)),
            new FailingKind("an empty stream", "x-ai/grok-4-0709", true, Map.of(), List.of(503)),
            new FailingKind(
                    "a stream cut after 5 chunks", "perplexity/sonar-pro", true, perplexity("cut-key"), List.of(200)),
            new FailingKind(
                    "an error within a stream", "perplexity/sonar-pro", true, perplexity("error-key"), List.of(200)),
            new FailingKind("context too long", "google/gemini-2.5-flash", true, google("long-key"), List.of(400)),
            new FailingKind(
                    "the vendor's filter", "google/gemini-2.5-flash", false, google("filtered-key"), List.of(400)),
            new FailingKind("a route whose two vendors fail", "both", true, Map.of(), List.of(503)),
            new FailingKind("a request that is wrong", "", false, Map.of(), List.of(400)));

    FailingKind {
        headers = Map.copyOf(headers);
        statuses = List.copyOf(statuses);
    }

    static List<String> titles() {
        return ALL.stream().map(FailingKind::title).toList();
    }

    /** Makes the vendors fail. */
    static void script(VendorSandbox sandbox) {
        sandbox.gemini()
                .scriptModel("gemini-2.5-pro", Reply.rateLimited())
                .scriptModel("gemini-2.0-flash", Reply.modelNotFound())
                .script("limited-key", Reply.rateLimited())
                .script("long-key", Reply.contextTooLong())
                .script("filtered-key", Reply.contentFiltered());
        sandbox.xai()
                .scriptModel("grok-3", Reply.serverError())
                .scriptModel("grok-4", Reply.overloaded())
                .scriptModel("grok-3-mini", Reply.resetBeforeHeaders())
                .scriptModel("grok-code-fast-1", Reply.truncatedBody())
                .scriptModel("grok-4-0709", Reply.ok().emptyStream());
        sandbox.perplexity()
                .scriptModel("sonar", Reply.invalidKey())
                .script("rejected-key", Reply.invalidKey())
                .script("cut-key", Reply.ok().cutAfter(5))
                .script("error-key", Reply.ok().errorEventAfter(5));
    }

    /** Makes a call; says what came of it, {@code unexpected} if it did not fail like this. */
    String make(Server server) {
        Answer answer = model.isEmpty()
                ? server.send(
                        "POST",
                        "/v1/chat/completions",
                        headers,
                        "{\"model\":\"google/gemini-2.5-flash\",\"messages\":7}")
                : server.call(model, stream, headers);
        // A 503 becomes a broken stream when the call has waited ten seconds for a key. The reset at the end of a
        // stream that broke off may take the error event with it before the client has read it.
        boolean broken = stream
                && answer.status() == 200
                && !answer.body().contains("[DONE]")
                && !answer.body().contains("\"finish_reason\":\"stop\"");
        if (broken) {
            return "broken stream";
        }
        return answer.status() != 200 && statuses.contains(answer.status())
                ? "status " + answer.status()
                : "unexpected: " + title + " " + answer.status();
    }

    private static Map<String, String> google(String key) {
        return Map.of("X-Google-API-Key", key);
    }

    private static Map<String, String> perplexity(String key) {
        return Map.of("X-Perplexity-API-Key", key);
    }
}
