package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.Citation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sources of an answer. Perplexity lists addresses in {@code citations}, to which the markers {@code [1]}, {@code [2]} in the
 * text refer, and tells more about them in {@code search_results}; newer answers may have only the latter. Not thread-safe.
 */
final class Sources {
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final List<String> found = new ArrayList<>();

    /** Takes note of the search results among an answer's fields. */
    void learn(Map<String, Object> fields) {
        if (!(fields.get("search_results") instanceof List<?> results)) {
            return;
        }
        for (Object result : results) {
            if (result instanceof Map<?, ?> source && source.get("url") instanceof String url) {
                found.add(url);
                if (source.get("title") instanceof String title && !title.isBlank()) {
                    titles.put(url, title);
                }
            }
        }
    }

    /** All search results as citations, for answers that list no citations. */
    List<Citation> results() {
        return found.stream().map(this::citation).toList();
    }

    /** The citations with the titles of their search results. */
    List<Citation> titled(List<Citation> citations) {
        return citations.stream()
                .map(citation -> citation.title() == null && titles.containsKey(citation.url())
                        ? new Citation(
                                citation.url(), titles.get(citation.url()), citation.startIndex(), citation.endIndex())
                        : citation)
                .toList();
    }

    private Citation citation(String url) {
        return new Citation(url, titles.get(url), null, null);
    }
}
