package dev.hypergateway.openai;

import dev.hypergateway.chat.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Message content in OpenAI's JSON: a string or an array of parts. Stateless. */
final class PartJson {
    private PartJson() {}

    /**
     * Reads content that must be there.
     *
     * @param path where it stands in the request
     */
    static List<Part> read(String path, @Nullable Object content) {
        if (content instanceof String text) {
            return List.of(Part.text(text));
        }
        if (!(content instanceof List<?> items)) {
            throw FormatErrors.wrongType(path, "a string or an array of content parts", content);
        }
        if (items.isEmpty()) {
            throw FormatErrors.emptyArray(path);
        }
        List<Part> parts = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            parts.add(readPart(path + "[" + i + "]", items.get(i)));
        }
        return parts;
    }

    private static Part readPart(String path, @Nullable Object value) {
        Members part = Members.of(path, value);
        String type = part.requiredText("type");
        return switch (type) {
            case "text" -> new Part.Text(part.requiredString("text"), part.rest());
            case "image_url" -> readImage(part);
            case "input_audio" -> readAudio(part);
            case "file" -> readFile(part);
            default -> {
                part.rest().put("type", type);
                yield new Part.Other(type, part.rest());
            }
        };
    }

    private static Part readImage(Members part) {
        if (part.rest().get("image_url") instanceof String) {
            return new Part.Image(part.requiredText("image_url"), null, part.rest());
        }
        Members image = part.requiredObject("image_url");
        String url = image.requiredText("url");
        String detail = image.string("detail");
        return new Part.Image(url, detail, extra(part, "image_url", image));
    }

    private static Part readAudio(Members part) {
        Members audio = part.requiredObject("input_audio");
        String data = audio.requiredText("data");
        String format = audio.requiredText("format");
        return new Part.Audio(data, format, extra(part, "input_audio", audio));
    }

    private static Part readFile(Members part) {
        Members file = part.requiredObject("file");
        String id = file.string("file_id");
        String data = file.string("file_data");
        String name = file.string("filename");
        return new Part.File(id, data, name, extra(part, "file", file));
    }

    /** What is left of an object and of its inner object, the latter under its name. */
    static Map<String, Object> extra(Members outer, String name, Members inner) {
        if (!inner.rest().isEmpty()) {
            outer.rest().put(name, inner.rest());
        }
        return outer.rest();
    }

    /** Content as JSON: a string where that says it all; null when there is none. */
    static @Nullable Object write(List<Part> content) {
        if (content.isEmpty()) {
            return null;
        }
        if (content.size() == 1
                && content.get(0) instanceof Part.Text text
                && text.extra().isEmpty()) {
            return text.text();
        }
        return content.stream().map(PartJson::writePart).toList();
    }

    private static Map<String, Object> writePart(Part part) {
        if (part instanceof Part.Other other) {
            return other.fields();
        }
        ObjectWriter out = new ObjectWriter().put("type", part.type());
        if (part instanceof Part.Text text) {
            return out.put("text", text.text()).extra(text.extra()).members();
        }
        ObjectWriter inner = new ObjectWriter();
        Map<String, Object> extra;
        if (part instanceof Part.Image image) {
            inner.put("url", image.url()).optional("detail", image.detail());
            extra = image.extra();
        } else if (part instanceof Part.Audio audio) {
            inner.put("data", audio.data()).put("format", audio.format());
            extra = audio.extra();
        } else if (part instanceof Part.File file) {
            inner.optional("file_id", file.fileId())
                    .optional("file_data", file.fileData())
                    .optional("filename", file.filename());
            extra = file.extra();
        } else {
            throw new IllegalStateException("no JSON form for " + part);
        }
        return out.inner(part.type(), inner, extra).extra(extra).members();
    }
}
