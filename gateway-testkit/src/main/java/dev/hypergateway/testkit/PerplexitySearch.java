package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What Perplexity has found for a request: two made-up pages, none with {@code disable_search}, and pictures and questions on
 * demand.
 *
 * @param request what was asked
 */
record PerplexitySearch(SandboxRequest request) {
    private static final List<Page> PAGES = List.of(
            new Page("https://example.com/first", "The first page"),
            new Page("https://example.org/second", "The second page"));

    ObjectNode into(ObjectNode body) {
        boolean searches = !asked("disable_search");
        ArrayNode citations = body.putArray("citations");
        ArrayNode results = body.putArray("search_results");
        for (Page page : searches ? PAGES : List.<Page>of()) {
            citations.add(page.url());
            results.addObject()
                    .put("title", page.title())
                    .put("url", page.url())
                    .put("date", "2026-01-02")
                    .put("last_updated", "2026-03-04")
                    .put("snippet", "What " + page.title() + " says.")
                    .put("source", "web");
        }
        if (asked("return_images")) {
            body.putArray("images")
                    .addObject()
                    .put("image_url", "https://example.com/first.png")
                    .put("origin_url", "https://example.com/first")
                    .put("height", 480)
                    .put("width", 640)
                    .put("title", "The first picture");
        }
        if (asked("return_related_questions")) {
            body.putArray("related_questions").add("What else?");
        }
        return body;
    }

    private boolean asked(String field) {
        return Boolean.TRUE.equals(request.body().get(field));
    }

    private record Page(String url, String title) {}
}
