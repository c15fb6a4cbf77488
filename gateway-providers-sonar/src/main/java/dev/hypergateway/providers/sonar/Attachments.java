package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is attached to a message, in Perplexity's words. Pictures have OpenAI's form, {@code https:} or {@code data:}; documents
 * are a {@code file_url} with an address or with plain base64, their name beside it. Stateless.
 */
final class Attachments {
    private static final String BASE64 = ";base64,";

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
            throw SonarRequest.refusal(
                    path + ".input_audio", "Perplexity's models hear no sound; leave it out or use another model");
        }
        return part instanceof Part.File file ? document(file, path + ".file") : part;
    }

    private static Part document(Part.File file, String path) {
        String data = file.fileData();
        if (data == null) {
            throw SonarRequest.refusal(
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
        if (!data.regionMatches(true, 0, "data:", 0, 5)) {
            return data;
        }
        int start = data.toLowerCase(Locale.ROOT).indexOf(BASE64);
        if (start < 0) {
            throw SonarRequest.refusal(path + ".file_data", "a document must be base64: data:<type>;base64,<data>");
        }
        return data.substring(start + BASE64.length());
    }
}
