package dev.hypergateway.routing;

import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Modality;
import dev.hypergateway.provider.Model;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a request can ask of a model, and how to tell that a model lacks it. A model whose capabilities or modalities are not known
 * lacks nothing.
 */
public enum Ability {
    /** Answers conversations with text. */
    CHAT("answer chats"),
    /** Answers piece by piece. */
    STREAMING("stream"),
    /** Calls functions. */
    TOOLS("call tools"),
    /** Keeps to a JSON Schema. */
    STRUCTURED_OUTPUT("keep to a JSON schema"),
    /** Understands pictures. */
    PICTURES("understand pictures"),
    /** Understands sound. */
    SOUND("understand sound"),
    /** Understands films. */
    FILMS("understand films"),
    /** Reads documents. */
    DOCUMENTS("read documents"),
    /** Turns text into vectors. */
    EMBEDDINGS("make embeddings"),
    /** Makes pictures. */
    IMAGE_GENERATION("make pictures");

    private static final Set<Capability> OTHER_THAN_CHAT =
            EnumSet.of(Capability.EMBEDDINGS, Capability.IMAGE_GENERATION);

    private final String words;

    Ability(String words) {
        this.words = words;
    }

    /** As it stands behind "can" or "cannot". */
    public String words() {
        return words;
    }

    /** Whether the model is known not to have it. */
    public boolean isLackedBy(Model model) {
        return switch (this) {
            case CHAT -> cannotChat(model);
            case STREAMING -> lacks(model, Capability.STREAMING);
            case TOOLS -> lacks(model, Capability.TOOLS);
            case STRUCTURED_OUTPUT -> lacks(model, Capability.STRUCTURED_OUTPUT);
            case PICTURES ->
                model.inputs().isEmpty()
                        ? lacks(model, Capability.VISION)
                        : lacks(model, Modality.IMAGE) && !model.can(Capability.VISION);
            case SOUND -> lacks(model, Modality.AUDIO);
            case FILMS -> lacks(model, Modality.VIDEO);
            case DOCUMENTS -> lacks(model, Modality.DOCUMENT);
            case EMBEDDINGS -> lacks(model, Capability.EMBEDDINGS);
            case IMAGE_GENERATION -> lacks(model, Capability.IMAGE_GENERATION);
        };
    }

    /** Whether the provider has no way to ask for it, whatever the model. */
    boolean isLackedBy(ChatProvider provider) {
        return switch (this) {
            case EMBEDDINGS -> provider.embeddings().isEmpty();
            case IMAGE_GENERATION -> provider.images().isEmpty();
            default -> false;
        };
    }

    private static boolean cannotChat(Model model) {
        boolean wordless = !model.outputs().isEmpty() && !model.outputs().contains(Modality.TEXT);
        boolean otherwise = !model.capabilities().isEmpty() && OTHER_THAN_CHAT.containsAll(model.capabilities());
        return wordless || otherwise;
    }

    private static boolean lacks(Model model, Capability capability) {
        return !model.capabilities().isEmpty() && !model.can(capability);
    }

    private static boolean lacks(Model model, Modality modality) {
        return !model.inputs().isEmpty() && !model.inputs().contains(modality);
    }
}
