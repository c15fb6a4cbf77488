package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.Part;
import dev.hypergateway.provider.DataUrl;
import dev.hypergateway.provider.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is attached to a message, in Perplexity's words. Pictures have OpenAI's form, {@code https:} or {@code data:}; documents
 * are a {@code file_url} with an address or with plain base64, their name beside it. Stateless.
 */
final class Attachments {
    private Attachments() {}

    static List<Part> of(List<Part> parts, String path) {
        List<Part> written = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            written.add(of(parts.get(i), path + "[" + i + "]"));
        }
        return written;
    }

    private static Part of(Part part, String path) {
        if (part instanceof Part.Audio) {
            throw Refusal.of(
                    path + ".input_audio", "Perplexity's models hear no sound; leave it out or use another model");
        }
        return part instanceof Part.File file ? document(file, path + ".file") : part;
    }

    private static Part document(Part.File file, String path) {
        String data = file.fileData();
        if (data == null) {
            throw Refusal.of(
                    path + ".file_id", "Perplexity keeps no uploaded files; send the document itself as file_data");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "file_url");
        fields.put("file_url", Map.of("url", address(data, path)));
        if (file.filename() != null) {
            fields.put("file_name", file.filename());
        }
        return new Part.Other("file_url", fields);
    }

    private static String address(String data, String path) {
        return DataUrl.is(data) ? DataUrl.parse(data, path + ".file_data").data() : data;
    }
}
