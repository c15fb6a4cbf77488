package dev.hypergateway.examples.typed;

import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolFunction;
import dev.hypergateway.json.Description;
import dev.hypergateway.testkit.VendorSandbox;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for a record instead of text, and lets the model call a method. A sandbox on this machine stands in for the vendor: it
 * fills schemas with examples and calls the tool that the question names.
 */
public final class TypedAnswers {
    private TypedAnswers() {}

    public static void main(String[] args) {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            Map<String, String> settings = new HashMap<>(vendors.settings());
            settings.put("GOOGLE_AI_STUDIO_API_KEY", "good-key");
            try (Gateway ai = Gateway.builder().settings(settings).build()) {
                Invoice invoice = read(ai, "google/gemini-2.5-flash", "Invoice 7: two cups of tea, 6.20 EUR.");
                System.out.println(invoice.lines().size() + " line, " + invoice.currency());
                System.out.println(weather(ai, "google/gemini-2.5-flash", "[[tool:weather]]{\"name\":\"Paris\"}"));
            }
        }
    }

    // docs: record
    enum Currency {
        EUR,
        USD
    }

    record Line(String text, @Description("Without tax") BigDecimal amount) {}

    record Invoice(String number, Currency currency, List<Line> lines, Optional<String> note) {}

    static Invoice read(Gateway ai, String model, String text) {
        return ai.chat(model, "Read this invoice: " + text, Invoice.class);
    }
    // end docs

    // docs: tools
    record City(@Description("Its name in English") String name) {}

    record Weather(int degrees, String sky) {}

    static String weather(Gateway ai, String model, String question) {
        ToolFunction<City> weather =
                Tool.of("weather", "The weather in a city at this moment", City.class, TypedAnswers::lookUp);
        ChatResponse answer = ai.chat(ChatRequest.of(model, question), weather);
        return answer.text();
    }
    // end docs

    private static Weather lookUp(City city) {
        return new Weather(city.name().length(), "clear");
    }
}
