package dev.hypergateway.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code multipart/form-data} body (RFC 7578 over RFC 2046 §5.1) in one pass, whose cost does not depend on what the body
 * holds. Strict: lines end in CR LF, the final boundary must be there, and a form has at most {@value #MOST_PARTS} fields, each with
 * a head of at most {@value #LONGEST_HEAD} bytes. For one body.
 */
final class MultipartReader {
    private static final int MOST_PARTS = 64;
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final int NOT_FOUND = Integer.MIN_VALUE;

    /** RFC 2046 §5.1.1; a space is allowed inside. */
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    private final byte[] body;
    /** CR LF, two hyphens and the boundary. Its first byte cannot come again in it. */
    private final byte[] delimiter;

    private MultipartReader(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads the body of a request.
     *
     * @param contentType what the request says that it is; null when it says nothing
     * @return no fields when the body is said to be something else
     * @throws Problem with status 400 when it is malformed
     */
    static MultipartForm read(@Nullable String contentType, byte[] body) {
        boolean isForm = contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith(MultipartForm.TYPE);
        if (contentType == null || !isForm) {
            return MultipartForm.empty();
        }
        String boundary = HeaderValue.parse(contentType)
                .filter(header -> header.value().equals(MultipartForm.TYPE))
                .flatMap(header -> header.parameter("boundary"))
                .filter(text -> BOUNDARY.matcher(text).matches())
                .orElseThrow(
                        () -> malformed(
                                "Content-Type names no boundary of 1 to 70 characters; let your HTTP client write that header"));
        return new MultipartForm(new MultipartReader(body, boundary).parts());
    }

    private List<FormPart> parts() {
        List<FormPart> parts = new ArrayList<>();
        // The first boundary may stand at the very beginning, as if the line break before it had been cut off.
        int boundary = beginsWithBoundary() ? -2 : find(0);
        if (boundary == NOT_FOUND) {
            throw malformed("the boundary that Content-Type names is nowhere in the body");
        }
        for (int after = boundary + delimiter.length; !isFinal(after); after = boundary + delimiter.length) {
            if (parts.size() == MOST_PARTS) {
                throw malformed("the form has more than " + MOST_PARTS + " fields");
            }
            int start = lineEnd(after);
            boundary = find(start - 2);
            if (boundary == NOT_FOUND) {
                throw malformed("the body ends without the final boundary; it may have been cut off");
            }
            parts.add(part(start, boundary));
        }
        return parts;
    }

    /** Where the next boundary line begins, with the line break before it. */
    private int find(int from) {
        int i = Math.max(0, from);
        while (i <= body.length - delimiter.length) {
            int same = 0;
            while (same < delimiter.length && body[i + same] == delimiter[same]) {
                same++;
            }
            if (same == delimiter.length && endsLine(i + same)) {
                return i;
            }
            i += Math.max(1, same);
        }
        return NOT_FOUND;
    }

    private boolean beginsWithBoundary() {
        int length = delimiter.length - 2;
        return body.length >= length
                && Arrays.equals(body, 0, length, delimiter, 2, delimiter.length)
                && endsLine(length);
    }

    /** Whether nothing but hyphens of the last one or blanks stand behind a boundary; else it is only the beginning of some text. */
    private boolean endsLine(int at) {
        return isFinal(at) || lineEnd(at) != NOT_FOUND;
    }

    private boolean isFinal(int at) {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    /** The position behind the line break that follows, with nothing but blanks before it. */
    private int lineEnd(int at) {
        int i = at;
        while (i < body.length && (body[i] == ' ' || body[i] == '\t')) {
            i++;
        }
        return i + 1 < body.length && body[i] == '\r' && body[i + 1] == '\n' ? i + 2 : NOT_FOUND;
    }

    private FormPart part(int start, int end) {
        int headEnd = headEnd(start, end);
        HeaderValue disposition = null;
        String type = null;
        for (String line : lines(start, headEnd)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (colon < 1 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "" -> throw malformed("a field has a header line without a name");
                case "content-disposition" -> {
                    if (disposition != null) {
                        throw malformed("a field has two headers Content-Disposition");
                    }
                    disposition = HeaderValue.parse(value).orElse(null);
                }
                case "content-type" ->
                    type = HeaderValue.parse(value).map(HeaderValue::value).orElse(null);
                case "content-transfer-encoding" -> {
                    if (!value.toLowerCase(Locale.ROOT).matches("binary|8bit|7bit")) {
                        throw malformed("a field has Content-Transfer-Encoding; send the bytes as they are");
                    }
                }
                default -> {
                    // RFC 7578 §4.8: other header fields must be ignored.
                }
            }
        }
        if (disposition == null
                || !disposition.value().equals("form-data")
                || disposition.parameter("name").isEmpty()) {
            throw malformed("a field has no name; begin it with Content-Disposition: form-data; name=\"…\"");
        }
        return new FormPart(
                disposition.parameter("name").get(),
                disposition
                        .parameter("filename")
                        .map(MultipartReader::printable)
                        .orElse(null),
                "".equals(type) ? null : type,
                Arrays.copyOfRange(body, Math.min(headEnd + 4, end), end));
    }

    /** Where the line breaks begin that end the head: before {@code start} when it has no lines. */
    private int headEnd(int start, int end) {
        int last = Math.min(end, start + LONGEST_HEAD);
        for (int i = start - 2; i + 2 <= last; i++) {
            if (body[i] == '\r' && body[i + 1] == '\n' && body[i + 2] == '\r' && body[i + 3] == '\n') {
                return i;
            }
        }
        throw malformed("a field has no empty line within " + LONGEST_HEAD + " bytes, where its value begins");
    }

    private List<String> lines(int start, int end) {
        if (end <= start) {
            return List.of();
        }
        String head = decoded(Arrays.copyOfRange(body, start, end));
        List<String> lines = List.of(head.split("\r\n", -1));
        if (lines.stream().anyMatch(line -> line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c)))) {
            throw malformed("a field has control characters in its head");
        }
        return lines;
    }

    /** UTF-8, as clients send names of files; what is not is taken for Latin-1. */
    private static String decoded(byte[] head) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(head))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(head, StandardCharsets.ISO_8859_1);
        }
    }

    private static String printable(String filename) {
        return filename.replaceAll("\\p{Cntrl}", "");
    }

    private static Problem malformed(String why) {
        return new Problem(400, "invalid_form", "The body is no readable multipart/form-data: " + why + ".");
    }
}
