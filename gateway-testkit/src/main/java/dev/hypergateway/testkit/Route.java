package dev.hypergateway.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What a request is about.
 *
 * @param target the endpoint
 * @param model the vendor's name of the model, where path or body name one
 * @param style how a chat answer is sent
 */
record Route(Target target, @Nullable String model, Style style) {

    /** An endpoint of a vendor. */
    enum Target {
        CHAT,
        EMBEDDINGS,
        IMAGES,
        COUNT_TOKENS,
        MODELS,
        MODEL,
        LANGUAGE_MODELS,
        IMAGE_MODELS,
        TOKEN,
        FILES,
        NOTHING;

        /** Whether it is a call of a model, which uses up a scripted reply. */
        boolean isCall() {
            return this == CHAT || this == EMBEDDINGS || this == IMAGES;
        }
    }

    /** How a chat answer is sent. */
    enum Style {
        /** One JSON object. */
        WHOLE,
        /** Server-sent events. */
        EVENTS,
        /** Elements of one JSON array, as Gemini does without {@code alt=sse}. */
        ARRAY
    }

    boolean streamed() {
        return style != Style.WHOLE;
    }
}
