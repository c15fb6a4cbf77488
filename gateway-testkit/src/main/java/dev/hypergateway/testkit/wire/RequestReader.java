package dev.hypergateway.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads requests off one connection (RFC 9112): Content-Length and chunked bodies, {@code Expect: 100-continue}. */
final class RequestReader {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_FIELDS = 256;
    private static final int LARGEST_BODY = 128 * 1024 * 1024;

    private final InputStream in;
    private final OutputStream out;

    RequestReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** The next request, or null when the client has closed the connection properly. */
    @Nullable
    WireRequest next() throws IOException {
        String line = line();
        while (line != null && line.isEmpty()) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/")) {
            throw new BadRequestException(400, "not a request line");
        }
        if (!words[2].equals("HTTP/1.1")) {
            throw new BadRequestException(505, "only HTTP/1.1 is spoken here");
        }
        WireHeaders headers = headers();
        if (headers.hasToken("Expect", "100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        byte[] body = body(headers);
        String target = words[1];
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new WireRequest(words[0], path, mark < 0 ? "" : target.substring(mark + 1), headers, body);
    }

    private WireHeaders headers() throws IOException {
        WireHeaders headers = new WireHeaders();
        for (int count = 0; count < MOST_FIELDS; count++) {
            String line = lineOrFail();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new BadRequestException(400, "not a header field");
            }
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        throw new BadRequestException(431, "too many header fields");
    }

    private byte[] body(WireHeaders headers) throws IOException {
        if (headers.hasToken("Transfer-Encoding", "chunked")) {
            return chunkedBody();
        }
        String length = headers.first("Content-Length").orElse("0");
        return bytes(size(length, 10));
    }

    private byte[] chunkedBody() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = lineOrFail();
            int semicolon = line.indexOf(';');
            int size = size((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            if (body.size() + (long) size > LARGEST_BODY) {
                throw new BadRequestException(413, "the body is too large");
            }
            body.write(bytes(size));
            if (!lineOrFail().isEmpty()) {
                throw new BadRequestException(400, "a chunk is longer than it says");
            }
        }
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the client hung up inside its request body");
        }
        return bytes;
    }

    private static int size(String text, int radix) throws IOException {
        long size;
        try {
            size = Long.parseLong(text, radix);
        } catch (NumberFormatException e) {
            throw new BadRequestException(400, "not a length: " + text);
        }
        if (size < 0 || size > LARGEST_BODY) {
            throw new BadRequestException(413, "the body is too large");
        }
        return (int) size;
    }

    private String lineOrFail() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException("the client hung up inside its request");
        }
        return line;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        while (b != '\n') {
            if (b < 0) {
                throw new EOFException("the client hung up inside its request");
            }
            if (line.size() == LONGEST_LINE) {
                throw new BadRequestException(431, "a line of the request is too long");
            }
            line.write(b);
            b = in.read();
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
