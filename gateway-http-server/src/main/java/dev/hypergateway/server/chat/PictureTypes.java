package dev.hypergateway.server.chat;

import dev.hypergateway.provider.PictureFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pictures may be sent to which provider. The vendors' own lists unless the settings say otherwise; providers that are not
 * named here take every picture. Immutable.
 */
public final class PictureTypes {
    private static final List<Vendor> VENDORS = List.of(
            new Vendor(
                    "google", "GEMINI_ALLOWED_CONTENT_TYPES", "image/jpeg,image/png,image/webp,image/heic,image/heif"),
            new Vendor("xai", "GROK_ALLOWED_CONTENT_TYPES", "image/jpeg,image/png"),
            new Vendor("gigachat", "GIGACHAT_ALLOWED_CONTENT_TYPES", "image/jpeg,image/png,image/tiff,image/bmp"),
            new Vendor("perplexity", "SONAR_ALLOWED_CONTENT_TYPES", "image/jpeg,image/png,image/webp,image/gif"));

    private static final Set<String> KNOWN =
            Arrays.stream(PictureFormat.values()).map(PictureFormat::mimeType).collect(Collectors.toSet());

    private final Map<String, Set<String>> allowed = new HashMap<>();

    private PictureTypes(Map<String, String> settings) {
        for (Vendor vendor : VENDORS) {
            allowed.put(vendor.provider, types(vendor.setting, settings.getOrDefault(vendor.setting, vendor.usual)));
        }
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException when one of them names something other than pictures; the message names it
     */
    public static PictureTypes of(Map<String, String> settings) {
        return new PictureTypes(settings);
    }

    /** Whether the provider may be sent this. */
    boolean allow(String provider, PictureFormat format) {
        Set<String> types = allowed.get(provider);
        return types == null || types.contains(format.mimeType());
    }

    /** What the provider may be sent, for people. */
    String allowed(String provider) {
        return String.join(", ", allowed.getOrDefault(provider, KNOWN));
    }

    private static Set<String> types(String setting, String value) {
        Set<String> types = new LinkedHashSet<>();
        for (String part : value.split(",", -1)) {
            String type = part.strip().toLowerCase(Locale.ROOT);
            type = type.contains("/") ? type : "image/" + type;
            type = type.equals("image/jpg") ? "image/jpeg" : type;
            if (!KNOWN.contains(type)) {
                throw new IllegalArgumentException(setting + " names '" + part.strip()
                        + "', which is no type of picture known here; use some of "
                        + KNOWN.stream().sorted().collect(Collectors.joining(", ")) + ", separated by commas");
            }
            types.add(type);
        }
        return types;
    }

    private record Vendor(String provider, String setting, String usual) {}
}
