package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.ChatResponse;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Perplexity says of an answer besides the answer, as values: {@code SonarFindings.of(gateway.chat(request))}. A stream has
 * it too, once its events are put together by a {@link dev.hypergateway.chat.ChatResponseAssembler}. The sources that the markers
 * {@code [1]}, {@code [2]} refer to are {@link dev.hypergateway.chat.Message.Assistant#citations()}, and what the call cost is
 * {@link dev.hypergateway.chat.Usage#cost()}. Immutable.
 *
 * @param searchResults the pages that it has found, in its order
 * @param images the pictures that it has found
 * @param relatedQuestions what one could ask next, for requests with {@code return_related_questions}
 * @param charges the items of the bill in US dollars by Perplexity's name for each, {@code request_cost} and {@code total_cost}
 *     among them; empty when there is none
 */
public record SonarFindings(
        List<SearchResult> searchResults,
        List<FoundImage> images,
        List<String> relatedQuestions,
        Map<String, BigDecimal> charges) {
    public SonarFindings {
        searchResults = List.copyOf(searchResults);
        images = List.copyOf(images);
        relatedQuestions = List.copyOf(relatedQuestions);
        charges = Map.copyOf(charges);
    }

    /** The findings of an answer; all lists are empty for an answer of another vendor. */
    public static SonarFindings of(ChatResponse response) {
        Map<String, Object> fields = response.extra();
        return new SonarFindings(
                objects(fields.get("search_results")).stream()
                        .map(SonarFindings::result)
                        .filter(Objects::nonNull)
                        .toList(),
                objects(fields.get("images")).stream()
                        .map(SonarFindings::image)
                        .filter(Objects::nonNull)
                        .toList(),
                list(fields.get("related_questions")).stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList(),
                charges(response));
    }

    private static @Nullable SearchResult result(Map<?, ?> fields) {
        String url = text(fields, "url");
        return url == null
                ? null
                : new SearchResult(
                        url,
                        text(fields, "title"),
                        text(fields, "snippet"),
                        text(fields, "date"),
                        text(fields, "last_updated"),
                        text(fields, "source"));
    }

    private static @Nullable FoundImage image(Map<?, ?> fields) {
        String url = text(fields, "image_url");
        return url == null
                ? null
                : new FoundImage(
                        url,
                        text(fields, "origin_url"),
                        text(fields, "title"),
                        number(fields, "width"),
                        number(fields, "height"));
    }

    private static Map<String, BigDecimal> charges(ChatResponse response) {
        Map<String, BigDecimal> charges = new LinkedHashMap<>();
        Object bill = response.usage().map(usage -> usage.extra().get("cost")).orElse(null);
        if (bill instanceof Map<?, ?> items) {
            items.forEach((name, amount) -> {
                if (amount instanceof Number number) {
                    charges.put(String.valueOf(name), new BigDecimal(number.toString()));
                }
            });
        }
        return charges;
    }

    private static List<Map<?, ?>> objects(@Nullable Object value) {
        return list(value).stream()
                .filter(Map.class::isInstance)
                .<Map<?, ?>>map(item -> (Map<?, ?>) item)
                .toList();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> items ? items : List.of();
    }

    private static @Nullable String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    private static @Nullable Integer number(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Number number ? number.intValue() : null;
    }
}
