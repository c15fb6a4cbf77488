package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.provider.DataUrl;
import org.jspecify.annotations.Nullable;

/**
 * A picture, sound, film or document of a request: a part that holds its content, or waits for it. Used by one thread.
 *
 * @param part Gemini's part
 * @param param the request field, for messages
 * @param kind what it has to be
 * @param url where its content has to be fetched from; null when it came with the request
 * @param movable whether it may refer to an uploaded file in place of its content
 */
record Attachment(
        ObjectNode part,
        String param,
        MediaKind kind,
        @Nullable String url,
        boolean movable) {

    /** Puts the content into the part. */
    void fill(String mimeType, String base64) {
        part.putObject("inlineData").put("mimeType", mimeType).put("data", base64);
    }

    /** Puts a reference to an uploaded file in place of the content. */
    void refer(UploadedFile file) {
        part.remove("inlineData");
        part.putObject("fileData").put("mimeType", file.mimeType()).put("fileUri", file.uri());
    }

    /** Length of the content in the request. */
    int length() {
        return part.at("/inlineData/data").asText().length();
    }

    String mimeType() {
        return part.at("/inlineData/mimeType").asText();
    }

    byte[] bytes() {
        return DataUrl.decode(part.at("/inlineData/data").asText(), param);
    }
}
