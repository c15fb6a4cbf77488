package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hypergateway.chat.Part;
import dev.hypergateway.provider.DataUrl;
import dev.hypergateway.provider.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A place in a request that waits for the id of a file.
 *
 * @param target the list {@code attachments} of a message
 * @param param the request field, for messages
 * @param source where the file comes from
 */
record Attachment(ArrayNode target, String param, Source source) {

    /** Whether it is, or may be, anything but a picture or sound. */
    boolean mayBeDocument() {
        return source instanceof Existing
                || (source instanceof Inline inline && inline.upload().isDocument());
    }

    /** Where a file comes from. */
    sealed interface Source {}

    /** A file that the caller has uploaded to GigaChat. */
    record Existing(String fileId) implements Source {}

    /** A file inside the request. */
    record Inline(Upload upload) implements Source {}

    /** A picture somewhere on the Internet. */
    record Remote(String url) implements Source {}

    /** The source of a part that is not text. */
    static Source source(Part part, String param) {
        if (part instanceof Part.Image image) {
            return DataUrl.is(image.url())
                    ? new Inline(Upload.image(DataUrl.parse(image.url(), param).bytes(param), param))
                    : new Remote(image.url());
        } else if (part instanceof Part.Audio audio) {
            return new Inline(Upload.audio(DataUrl.decode(audio.data(), param), audio.format(), param));
        } else if (part instanceof Part.File file) {
            return file(file, param);
        }
        throw Refusal.of(
                param,
                "GigaChat has no content of type '" + part.type() + "'; use text, image_url, input_audio or file");
    }

    private static Source file(Part.File file, String param) {
        String id = file.fileId();
        if (id != null) {
            return new Existing(id);
        }
        @Nullable String data = file.fileData();
        if (data == null || !DataUrl.is(data)) {
            throw Refusal.of(param, "a file needs a file_id of GigaChat or file_data as a data: URL");
        }
        DataUrl url = DataUrl.parse(data, param);
        String name = file.filename() == null ? "" : file.filename();
        return new Inline(Upload.file(url.bytes(param), url.mimeType(), name, param));
    }
}
