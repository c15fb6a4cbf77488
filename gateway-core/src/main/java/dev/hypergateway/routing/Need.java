package dev.hypergateway.routing;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An ability that a request asks of the model, and the field that asks for it. Immutable.
 *
 * @param ability what the model must have
 * @param field the field in OpenAI's name for it, for example {@code messages[0].content[1]}
 */
public record Need(Ability ability, String field) {
    private static final String MODEL = "model";

    /** What a request for embeddings asks for. */
    public static final Need EMBEDDINGS = new Need(Ability.EMBEDDINGS, MODEL);
    /** What a request for pictures asks for. */
    public static final Need PICTURES = new Need(Ability.IMAGE_GENERATION, MODEL);

    public Need {
        Objects.requireNonNull(ability, "ability");
        Objects.requireNonNull(field, "field");
    }

    /**
     * What a chat request asks for.
     *
     * @param stream whether a stream is wanted
     */
    public static List<Need> of(ChatRequest request, boolean stream) {
        List<Need> needs = new ArrayList<>();
        needs.add(new Need(Ability.CHAT, MODEL));
        if (stream) {
            needs.add(new Need(Ability.STREAMING, "stream"));
        }
        if (request.tools().stream().anyMatch(Tool.Function.class::isInstance)
                && !request.toolChoice().equals(Optional.of(ToolChoice.NONE))) {
            needs.add(new Need(Ability.TOOLS, "tools"));
        }
        if (request.responseFormat().orElse(null) instanceof ResponseFormat.JsonSchema) {
            needs.add(new Need(Ability.STRUCTURED_OUTPUT, "response_format"));
        }
        for (int i = 0; i < request.messages().size(); i++) {
            add(needs, request.messages().get(i), i);
        }
        return needs;
    }

    private static void add(List<Need> needs, Message message, int index) {
        for (int i = 0; i < message.content().size(); i++) {
            Ability ability = of(message.content().get(i));
            if (ability != null && needs.stream().noneMatch(need -> need.ability == ability)) {
                needs.add(new Need(ability, "messages[" + index + "].content[" + i + "]"));
            }
        }
    }

    /** What it takes to understand a part; null for nothing that is known here. */
    private static @Nullable Ability of(Part part) {
        if (part instanceof Part.Image) {
            return Ability.PICTURES;
        } else if (part instanceof Part.Audio) {
            return Ability.SOUND;
        }
        String data = part instanceof Part.File file ? file.fileData() : null;
        if (data == null || !data.regionMatches(true, 0, "data:", 0, 5)) {
            return null;
        }
        String type = data.substring(5, Math.min(data.length(), 13)).toLowerCase(Locale.ROOT);
        if (type.startsWith("image/")) {
            return Ability.PICTURES;
        } else if (type.startsWith("audio/")) {
            return Ability.SOUND;
        }
        return type.startsWith("video/") ? Ability.FILMS : Ability.DOCUMENTS;
    }
}
