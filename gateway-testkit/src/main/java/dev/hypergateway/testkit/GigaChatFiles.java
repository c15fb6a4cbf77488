package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.GigaChatServer.UploadedFile;
import dev.hypergateway.testkit.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files that were uploaded. Thread-safe. */
final class GigaChatFiles {
    private static final long CREATED = 1_740_658_568L;
    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data;.*?boundary=\"?([^\";]+)\"?.*");
    private static final Pattern FILENAME = Pattern.compile("filename=\"([^\"]*)\"");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?im)^content-type:\\s*(\\S+)");

    private final Map<String, UploadedFile> files = Collections.synchronizedMap(new LinkedHashMap<>());

    List<UploadedFile> all() {
        synchronized (files) {
            return List.copyOf(files.values());
        }
    }

    boolean has(String id, String key) {
        UploadedFile file = files.get(id);
        return file != null && file.key().equals(key);
    }

    /** Takes the form of {@code POST /files}; null when it is none. */
    @Nullable
    ObjectNode add(WireRequest request, String key) {
        Matcher boundary =
                BOUNDARY.matcher(request.headers().first("Content-Type").orElse(""));
        if (!boundary.matches()) {
            return null;
        }
        // One byte to a char, so that positions in the text are positions in the body.
        String text = new String(request.body(), StandardCharsets.ISO_8859_1);
        String separator = "--" + boundary.group(1);
        UploadedFile file = null;
        String purpose = "";
        for (int start = text.indexOf(separator); start >= 0; ) {
            int end = text.indexOf(separator, start + separator.length());
            int content = text.indexOf("\r\n\r\n", start);
            if (end < 0 || content < 0 || content > end) {
                break;
            }
            String head = text.substring(start, content);
            byte[] body = Arrays.copyOfRange(request.body(), content + 4, end - 2);
            String name = first(NAME, head);
            if (name.equals("file")) {
                file = new UploadedFile(
                        UUID.randomUUID().toString(), key, first(FILENAME, head), first(TYPE, head), body);
            } else if (name.equals("purpose")) {
                purpose = new String(body, StandardCharsets.UTF_8);
            }
            start = end;
        }
        if (file == null || !purpose.equals("general")) {
            return null;
        }
        files.put(file.id(), file);
        return describe(file);
    }

    /** Keeps a picture that a model has drawn, for whoever knows its id. */
    String draw() {
        String id = UUID.randomUUID().toString();
        files.put(
                id,
                new UploadedFile(
                        id, "", "image.jpg", "image/jpeg", Base64.getDecoder().decode(Pictures.JPEG)));
        return id;
    }

    /** The bytes of a file; null when it is not there. */
    byte @Nullable [] content(String id, String key) {
        UploadedFile file = files.get(id);
        return file == null || !(file.key().isEmpty() || file.key().equals(key)) ? null : file.content();
    }

    ObjectNode list(String key) {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        all().stream().filter(file -> file.key().equals(key)).forEach(file -> data.add(describe(file)));
        return list;
    }

    /** Deletes a file; null when it is not there. */
    @Nullable
    ObjectNode delete(String id, String key) {
        if (!has(id, key)) {
            return null;
        }
        files.remove(id);
        return Json.object().put("id", id).put("object", "file").put("deleted", true);
    }

    void reset() {
        files.clear();
    }

    private static ObjectNode describe(UploadedFile file) {
        return Json.object()
                .put("id", file.id())
                .put("object", "file")
                .put("bytes", file.content().length)
                .put("access_policy", "private")
                .put("created_at", CREATED)
                .put("filename", file.filename())
                .put("purpose", "general");
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
