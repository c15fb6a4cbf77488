package dev.hypergateway.openai;

import dev.hypergateway.chat.Citation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sources of an answer: OpenAI's {@code annotations} of type {@code url_citation}, and the plain list of addresses
 * {@code citations} that xAI and Perplexity put beside the choices. Stateless.
 */
final class CitationJson {
    private static final Set<String> NAMED = Set.of("url", "title", "start_index", "end_index");

    private CitationJson() {}

    /** Takes the annotations of a message; when one of them has no typed form, all of them also stay in their place. */
    static List<Citation> take(Members message) {
        List<?> items = message.arrayIf("annotations");
        if (items == null) {
            return List.of();
        }
        List<Citation> citations = new ArrayList<>(items.size());
        boolean whole = true;
        for (Object item : items) {
            Map<?, ?> fields = urlCitation(item);
            if (fields == null) {
                whole = false;
                continue;
            }
            whole &= NAMED.containsAll(fields.keySet()) && ((Map<?, ?>) item).size() == 2;
            citations.add(read(fields));
        }
        if (!whole) {
            message.rest().put("annotations", items);
        }
        return citations;
    }

    private static @Nullable Map<?, ?> urlCitation(@Nullable Object annotation) {
        return annotation instanceof Map<?, ?> map
                        && "url_citation".equals(map.get("type"))
                        && map.get("url_citation") instanceof Map<?, ?> fields
                        && fields.get("url") instanceof String
                ? fields
                : null;
    }

    /** Takes the fill-ins of {@link #write(List)} for what they stand for. */
    private static Citation read(Map<?, ?> fields) {
        String url = String.valueOf(fields.get("url"));
        Integer start = fields.get("start_index") instanceof Integer number ? number : null;
        Integer end = fields.get("end_index") instanceof Integer number ? number : null;
        boolean nowhere = start != null && end != null && start == 0 && end == 0;
        return new Citation(
                url,
                fields.get("title") instanceof String title && !title.equals(url) ? title : null,
                nowhere ? null : start,
                nowhere ? null : end);
    }

    /** The sources in a vendor's plain list of addresses; anything else yields none. */
    static List<Citation> ofAddresses(@Nullable Object list) {
        if (!(list instanceof List<?> items)) {
            return List.of();
        }
        return items.stream()
                .filter(String.class::isInstance)
                .map(url -> new Citation((String) url, null, null, null))
                .toList();
    }

    /**
     * The citations as annotations. OpenAI's clients require all four fields, so a title that the vendor does not say becomes
     * the address, and an unknown place the empty range at 0.
     */
    static List<Map<String, Object>> write(List<Citation> citations) {
        return citations.stream().map(CitationJson::write).toList();
    }

    private static Map<String, Object> write(Citation citation) {
        String title = citation.title();
        Integer start = citation.startIndex();
        Integer end = citation.endIndex();
        Map<String, Object> fields = new ObjectWriter()
                .put("end_index", end == null ? (start == null ? 0 : start) : end)
                .put("start_index", start == null ? 0 : start)
                .put("title", title == null ? citation.url() : title)
                .put("url", citation.url())
                .members();
        return new ObjectWriter()
                .put("type", "url_citation")
                .put("url_citation", fields)
                .members();
    }
}
