package dev.hypergateway.providers.gemini;

import dev.hypergateway.provider.Refusal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's name in the address of a request, with what the name tells about the model.
 *
 * @param id the name without {@code models/}; holds nothing that would need encoding in a path
 */
record GeminiModelName(String id) {
    /** Letters, digits, dot, underscore and hyphen: all names in Google's lists. A slash or a colon would change the address. */
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private static final Pattern PRO = Pattern.compile("gemini-(?:[\\d.]+-)?pro(?:-.*)?");
    private static final Pattern OLD_GEMMA = Pattern.compile("gemma-[123](?:[^\\d].*)?");
    private static final Pattern MINIMAL_THINKER = Pattern.compile("gemini-3(?:\\.[156])?-flash(?!-latest)(?:-.*)?");
    private static final Pattern GENERATION = Pattern.compile("gemini-(\\d{1,3})(?:\\.\\d+)?(?:-.*)?");

    private static final String COLLECTION = "models/";

    /**
     * The model with this name, with or without {@code models/} before it.
     *
     * @throws dev.hypergateway.provider.ProviderException when it cannot be a model's name
     */
    static GeminiModelName of(String name) {
        String id = name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
        if (!VALID.matcher(id).matches() || id.contains("..")) {
            throw Refusal.of(
                    "model",
                    "'" + printable(name) + "' is not the name of a Gemini model; "
                            + "a name has letters, digits, dots and hyphens only, such as gemini-2.5-flash");
        }
        return new GeminiModelName(id);
    }

    /** The address of the model below the API's base, for example {@code /models/gemini-2.5-flash}. */
    String path() {
        return "/" + COLLECTION + id;
    }

    /** Gemini 3 and later: thinking has levels, and tool calls carry signatures that must come back. */
    boolean isGeneration3() {
        return generation() >= 3;
    }

    /** Gemini 2.5: thinking has a budget of tokens. */
    boolean isGeneration25() {
        return lower().startsWith("gemini-2.5-");
    }

    /** Whether the model belongs to the larger ones, which cannot stop thinking. */
    boolean isPro() {
        return PRO.matcher(lower()).matches();
    }

    /** Gemma models before generation 4 answer 400 to instructions ("Developer instruction is not enabled"). */
    boolean takesInstructions() {
        return !OLD_GEMMA.matcher(lower()).matches();
    }

    /** Whether thinking has a level {@code minimal}: flash up to 3.6 and flash-lite, as far as they are known by name. */
    boolean thinksMinimally() {
        return MINIMAL_THINKER.matcher(lower()).matches() && !isFlashThatPaints();
    }

    /** A small model of generation 3 or later that makes pictures. */
    boolean isFlashThatPaints() {
        return isGeneration3() && lower().contains("-flash") && lower().contains("-image");
    }

    /** Whether the model takes penalties: all models after 2.0 answer 400 ("Penalty is not enabled for this model"). */
    boolean takesPenalties() {
        return !isGeneration3() && !isGeneration25();
    }

    boolean is(String family) {
        return lower().equals(family) || lower().startsWith(family + "-");
    }

    /** {@code gemini-flash-latest} and its like have pointed at generation 3 since early 2026. */
    private int generation() {
        Matcher matcher = GENERATION.matcher(lower());
        if (matcher.matches()) {
            return Integer.parseInt(matcher.group(1));
        }
        return lower().startsWith("gemini-") && lower().endsWith("-latest") ? 3 : 0;
    }

    private String lower() {
        return id.toLowerCase(Locale.ROOT);
    }

    private static String printable(String name) {
        String shown = name.length() <= 80 ? name : name.substring(0, 80) + "…";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
