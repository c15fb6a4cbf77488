package dev.hypergateway;

import dev.hypergateway.json.JsonRecord;
import dev.hypergateway.json.JsonShapeException;
import dev.hypergateway.provider.Pricing;
import dev.hypergateway.routing.ModelRouter;
import dev.hypergateway.routing.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operator's own prices, in the JSON file that {@code HYPER_PRICES_FILE} names: {@code {"prices": {"gigachat/GigaChat-2-Max":
 * {"currency": "RUB", "as_of": "2026-02-01", "input": 650, "output": 650}}}}.
 */
final class PriceFile {
    static final String SETTING = "HYPER_PRICES_FILE";

    private PriceFile() {}

    /**
     * Reads the file if the setting names one.
     *
     * @throws IllegalArgumentException when it cannot be read; the message names the setting and the place
     */
    static Map<Target, Pricing> read(Map<String, String> settings, ModelRouter router) {
        String path = settings.getOrDefault(SETTING, "").strip();
        if (path.isEmpty()) {
            return Map.of();
        }
        Map<Target, Pricing> prices = new HashMap<>();
        try {
            String text = Files.readString(Path.of(path), StandardCharsets.UTF_8);
            JsonRecord.of(Content.class).read(text).prices().forEach((name, pricing) -> {
                List<Target> targets = router.resolve(name);
                if (targets.size() != 1) {
                    throw new IllegalArgumentException(
                            SETTING + ": \"" + name
                                    + "\" is not the name of one model; write it as in a request, for example google/gemini-2.5-flash");
                }
                Target target = new Target(
                        targets.get(0).provider(),
                        targets.get(0).model(),
                        targets.get(0).toString());
                if (prices.put(target, pricing) != null) {
                    throw new IllegalArgumentException(SETTING + ": " + target + " has two prices; leave one out");
                }
            });
        } catch (JsonShapeException e) {
            throw new IllegalArgumentException(
                    SETTING + ": " + path + " has no prices that can be read: " + e.getMessage(), e);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    SETTING + ": cannot read " + path + " as UTF-8 text ("
                            + e.getClass().getSimpleName() + "); correct the path or the file's permissions",
                    e);
        }
        return prices;
    }

    record Content(Map<String, Pricing> prices) {}
}
