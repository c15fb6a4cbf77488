package dev.hypergateway.server.chat;

import java.util.Map;
import java.util.Objects;

/**
 * What {@link GenerateText} and {@link ExtractText} do when a request does not say, and how much they take. Immutable.
 *
 * @param chatModel answers questions that name no model
 * @param visionModel reads pictures that come without the name of a model
 * @param pictures which pictures may be sent to whom
 * @param maxPictureBytes size of the largest picture
 */
public record TextDefaults(String chatModel, String visionModel, PictureTypes pictures, int maxPictureBytes) {
    private static final String MODEL = "google/gemini-2.5-flash";
    private static final int MAX_PICTURE_BYTES = 20 * 1024 * 1024;

    public TextDefaults {
        Objects.requireNonNull(chatModel, "chatModel");
        Objects.requireNonNull(visionModel, "visionModel");
        Objects.requireNonNull(pictures, "pictures");
    }

    /**
     * Reads {@code GEMINI_CHAT_MODEL_NAME}, {@code GEMINI_VISION_MODEL_NAME}, the vendors' {@code …_ALLOWED_CONTENT_TYPES} and
     * {@code HYPER_MAX_PICTURE_BYTES}. A model may be one of any vendor, or a route.
     *
     * @throws IllegalArgumentException when one of them makes no sense; the message names it
     */
    public static TextDefaults of(Map<String, String> settings) {
        return new TextDefaults(
                model(settings, "GEMINI_CHAT_MODEL_NAME"),
                model(settings, "GEMINI_VISION_MODEL_NAME"),
                PictureTypes.of(settings),
                bytes(settings, "HYPER_MAX_PICTURE_BYTES"));
    }

    private static String model(Map<String, String> settings, String name) {
        String value = settings.getOrDefault(name, "").strip();
        return value.isEmpty() ? MODEL : value;
    }

    private static int bytes(Map<String, String> settings, String name) {
        String value = settings.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return MAX_PICTURE_BYTES;
        }
        try {
            int bytes = Integer.parseInt(value);
            if (bytes > 0) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // Answered below, together with numbers that are too small.
        }
        throw new IllegalArgumentException(
                name + " must be a number of bytes from 1 to " + Integer.MAX_VALUE + ", was '" + value + "'");
    }
}
