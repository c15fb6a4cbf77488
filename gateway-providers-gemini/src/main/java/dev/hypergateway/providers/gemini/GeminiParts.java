package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.Part;
import dev.hypergateway.provider.DataUrl;
import dev.hypergateway.provider.Refusal;
import java.util.Locale;
import java.util.Map;

/** Writes pieces of message content as Gemini's parts. Stateless. */
final class GeminiParts {
    private static final String PARAM = "messages";
    private static final String FILES_API = "https://generativelanguage.googleapis.com/v1beta/";

    /** Endings of addresses whose type can be told; Gemini looks at the content of the others itself. */
    private static final Map<String, String> TYPES_BY_ENDING = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "webp", "image/webp",
            "heic", "image/heic",
            "heif", "image/heif",
            "pdf", "application/pdf");

    private GeminiParts() {}

    static ObjectNode text(String text) {
        return GeminiJson.object().put("text", text);
    }

    /**
     * @throws dev.hypergateway.provider.ProviderException when Gemini has nothing like this part
     */
    static ObjectNode of(Part part) {
        if (part instanceof Part.Text text) {
            return text(text.text());
        } else if (part instanceof Part.Image image) {
            return media(image.url(), "image_url");
        } else if (part instanceof Part.Audio audio) {
            return inline(new DataUrl("audio/" + audio.format().toLowerCase(Locale.ROOT), audio.data()));
        } else if (part instanceof Part.File file) {
            return file(file);
        }
        throw Refusal.of(
                PARAM,
                "Gemini takes no content part of type '" + part.type() + "'; use text, image_url, input_audio or file");
    }

    private static ObjectNode inline(DataUrl url) {
        ObjectNode part = GeminiJson.object();
        part.putObject("inlineData").put("mimeType", url.mimeType()).put("data", url.data());
        return part;
    }

    private static ObjectNode media(String url, String type) {
        if (DataUrl.is(url)) {
            return inline(DataUrl.parse(url, PARAM));
        }
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://") || lower.startsWith("http://") || lower.startsWith("gs://")) {
            return fileUri(url, url);
        }
        throw Refusal.of(PARAM, "the URL in the " + type + " part is neither an https: nor a data: URL");
    }

    private static ObjectNode file(Part.File file) {
        String data = file.fileData();
        if (data != null) {
            if (DataUrl.is(data)) {
                return inline(DataUrl.parse(data, PARAM));
            }
            throw Refusal.of(PARAM, "file_data must be a data: URL such as data:application/pdf;base64,…");
        }
        String id = file.fileId();
        if (id != null && (id.startsWith("https://") || id.startsWith("files/"))) {
            String uri = id.startsWith("files/") ? FILES_API + id : id;
            return fileUri(uri, file.filename() == null ? uri : file.filename());
        }
        throw Refusal.of(
                PARAM,
                "the file part names no file of Google's; use file_data with a data: URL, "
                        + "or file_id with the URI of a file uploaded there");
    }

    /** @param name tells the type of the file by its ending */
    private static ObjectNode fileUri(String uri, String name) {
        ObjectNode part = GeminiJson.object();
        ObjectNode file = part.putObject("fileData");
        String path = name.replaceFirst("[?#].*", "").toLowerCase(Locale.ROOT);
        String type = TYPES_BY_ENDING.get(path.substring(path.lastIndexOf('.') + 1));
        if (type != null) {
            file.put("mimeType", type);
        }
        file.put("fileUri", uri);
        return part;
    }
}
