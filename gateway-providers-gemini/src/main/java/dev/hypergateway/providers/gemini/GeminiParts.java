package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.Part;
import dev.hypergateway.provider.DataUrl;
import dev.hypergateway.provider.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes pieces of message content as Gemini's parts and gathers the attachments among them. For one request; not thread-safe. */
final class GeminiParts {
    private static final String FILES_API = "https://generativelanguage.googleapis.com/v1beta/";

    /** What Google reads for itself: its own files and buckets, and films on YouTube. */
    private static final Pattern GOOGLES =
            Pattern.compile("(?i)(gs://.+|https://generativelanguage\\.googleapis\\.com/[^?#]*files/.+"
                    + "|https://(www\\.|m\\.)?youtube\\.com/.+|https://youtu\\.be/.+)");

    private final List<Attachment> attachments = new ArrayList<>();

    GeminiParts() {}

    static ObjectNode text(String text) {
        return GeminiJson.object().put("text", text);
    }

    List<Attachment> attachments() {
        return attachments;
    }

    /**
     * The part of a message of user or model.
     *
     * @param param the request field, for messages
     * @throws dev.hypergateway.provider.ProviderException when Gemini has nothing like this part
     */
    ObjectNode of(Part part, String param) {
        return of(part, param + "." + part.type(), true);
    }

    /** The part of a result inside a {@code functionResponse}, where only content may stand; null for a reference. */
    @Nullable
    ObjectNode inline(Part part, String param) {
        ObjectNode written = of(part, param + "." + part.type(), false);
        return written.has("fileData") ? null : written;
    }

    private ObjectNode of(Part part, String param, boolean movable) {
        if (part instanceof Part.Text text) {
            return text(text.text());
        } else if (part instanceof Part.Image image) {
            return media(image.url(), MediaKind.PICTURE, param, movable);
        } else if (part instanceof Part.Audio audio) {
            String type = "audio/" + audio.format().toLowerCase(Locale.ROOT);
            return attach(new DataUrl(type, audio.data()), MediaKind.ANY, param, movable);
        } else if (part instanceof Part.File file) {
            return file(file, param, movable);
        } else if (part instanceof Part.Other other && other.type().equals("video_url")) {
            return media(videoUrl(other, param), MediaKind.FILM, param, movable);
        }
        throw Refusal.of(
                param,
                "Gemini takes no content part of type '" + part.type()
                        + "'; use text, image_url, input_audio, video_url or file");
    }

    private ObjectNode media(String url, MediaKind kind, String param, boolean movable) {
        if (DataUrl.is(url)) {
            return attach(DataUrl.parse(url, param), MediaKind.ANY, param, movable);
        } else if (GOOGLES.matcher(url).matches()) {
            return reference(url, url);
        }
        ObjectNode part = GeminiJson.object();
        attachments.add(new Attachment(part, param, kind, url, movable));
        return part;
    }

    private ObjectNode attach(DataUrl url, MediaKind kind, String param, boolean movable) {
        Attachment attachment = new Attachment(GeminiJson.object(), param, kind, null, movable);
        attachment.fill(kind.checked(url.mimeType(), url.data(), param), url.data());
        attachments.add(attachment);
        return attachment.part();
    }

    /** {@code {"type": "video_url", "video_url": {"url": …}}}, as several vendors of OpenAI's dialect have it. */
    private static String videoUrl(Part.Other part, String param) {
        Object value = part.fields().get("video_url");
        Object url = value instanceof Map<?, ?> object ? object.get("url") : value;
        if (url instanceof String text) {
            return text;
        }
        throw Refusal.of(param, "it must be an object with the film's url");
    }

    private ObjectNode file(Part.File file, String param, boolean movable) {
        String data = file.fileData();
        if (data != null) {
            if (DataUrl.is(data)) {
                return attach(DataUrl.parse(data, param), MediaKind.ANY, param, movable);
            }
            throw Refusal.of(param, "file_data must be a data: URL such as data:application/pdf;base64,…");
        }
        String id = file.fileId();
        if (id != null && (id.startsWith("https://") || id.startsWith("gs://") || id.startsWith("files/"))) {
            String uri = id.startsWith("files/") ? FILES_API + id : id;
            return reference(uri, file.filename() == null ? uri : file.filename());
        }
        throw Refusal.of(
                param,
                "the file part names no file of Google's; use file_data with a data: URL, "
                        + "or file_id with the URI of a file uploaded there");
    }

    /**
     * A reference that Google follows.
     *
     * @param name tells the type of the file by its ending
     */
    private static ObjectNode reference(String uri, String name) {
        ObjectNode part = GeminiJson.object();
        ObjectNode file = part.putObject("fileData");
        String type = MediaKind.typeByEnding(name);
        if (type != null) {
            file.put("mimeType", type);
        }
        file.put("fileUri", uri);
        return part;
    }
}
