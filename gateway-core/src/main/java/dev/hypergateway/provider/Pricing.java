package dev.hypergateway.provider;

import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.json.JsonName;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs, by its vendor's price list. Immutable. Fees for what the vendor does besides, such as a web search, and
 * higher prices for sound are not part of it.
 *
 * @param currency ISO 4217 code, for example {@code USD}
 * @param asOf the day on which the list said so
 * @param input price of a million tokens of prompt
 * @param output price of a million tokens of answer, reasoning included
 * @param cachedInput price of a million tokens of prompt that came from the vendor's cache; null when they cost the same as others
 * @param request fee for each call; null for none
 * @param longPrompt other prices for long prompts; null when length does not matter
 * @param imageOutput price of a million tokens of answer that are pictures; null when they cost the same as others
 * @param image price of a picture, beside its tokens; null for none
 */
public record Pricing(
        String currency,
        @JsonName("as_of") LocalDate asOf,
        BigDecimal input,
        BigDecimal output,
        @JsonName("cached_input") @Nullable BigDecimal cachedInput,
        @Nullable BigDecimal request,
        @JsonName("long_prompt") @Nullable LongPrompt longPrompt,
        @JsonName("image_output") @Nullable BigDecimal imageOutput,
        @Nullable BigDecimal image) {
    private static final int MILLION = 6;

    public Pricing {
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("currency must be an ISO 4217 code such as USD", e);
        }
        Objects.requireNonNull(asOf, "asOf");
        notNegative("input", input);
        notNegative("output", output);
        notNegative("cached_input", cachedInput);
        notNegative("request", request);
        notNegative("image_output", imageOutput);
        notNegative("image", image);
    }

    /** Prices without any for pictures. */
    public Pricing(
            String currency,
            LocalDate asOf,
            BigDecimal input,
            BigDecimal output,
            @Nullable BigDecimal cachedInput,
            @Nullable BigDecimal request,
            @Nullable LongPrompt longPrompt) {
        this(currency, asOf, input, output, cachedInput, request, longPrompt, null, null);
    }

    /** Prices in this currency, the same for prompts of any length and origin. */
    public static Pricing of(String currency, LocalDate asOf, String input, String output) {
        return new Pricing(currency, asOf, new BigDecimal(input), new BigDecimal(output), null, null, null);
    }

    /** What these tokens cost, to the last digit. */
    public Cost cost(Usage usage) {
        return cost(usage, 0);
    }

    /** What these tokens and so many pictures cost, to the last digit. */
    public Cost cost(Usage usage, int images) {
        long prompt = usage.promptTokens();
        long cached = Math.min(usage.cachedTokens().orElse(0), prompt);
        LongPrompt tier = longPrompt != null && prompt > longPrompt.aboveTokens() ? longPrompt : null;
        BigDecimal fresh = tier == null ? input : tier.input();
        BigDecimal known = tier == null ? cachedInput : tier.cachedInput();
        BigDecimal words = tier == null ? output : tier.output();
        long drawn = Math.min(usage.imageTokens().orElse(0), usage.completionTokens());
        BigDecimal millionfold = fresh.multiply(BigDecimal.valueOf(prompt - cached))
                .add((known == null ? fresh : known).multiply(BigDecimal.valueOf(cached)))
                .add(words.multiply(BigDecimal.valueOf(usage.completionTokens() - drawn)))
                .add((imageOutput == null ? words : imageOutput).multiply(BigDecimal.valueOf(drawn)));
        BigDecimal amount = millionfold.movePointLeft(MILLION);
        if (request != null) {
            amount = amount.add(request);
        }
        if (image != null) {
            amount = amount.add(image.multiply(BigDecimal.valueOf(images)));
        }
        return new Cost(amount, currency, Cost.Source.COMPUTED);
    }

    private static void notNegative(String name, @Nullable BigDecimal price) {
        if (price != null && price.signum() < 0) {
            throw new IllegalArgumentException(name + " must not be negative, was " + price);
        }
    }

    /**
     * Prices of all tokens of a call whose prompt is long.
     *
     * @param aboveTokens longest prompt, in tokens, to which they do not apply
     * @param input price of a million tokens of prompt
     * @param output price of a million tokens of answer
     * @param cachedInput price of a million tokens of cached prompt; null when they cost the same as others
     */
    public record LongPrompt(
            @JsonName("above_tokens") int aboveTokens,
            BigDecimal input,
            BigDecimal output,
            @JsonName("cached_input") @Nullable BigDecimal cachedInput) {
        public LongPrompt {
            if (aboveTokens < 1) {
                throw new IllegalArgumentException("above_tokens must be positive, was " + aboveTokens);
            }
            notNegative("input", input);
            notNegative("output", output);
            notNegative("cached_input", cachedInput);
        }
    }
}
