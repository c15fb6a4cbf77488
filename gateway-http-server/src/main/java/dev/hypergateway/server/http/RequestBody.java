package dev.hypergateway.server.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body of one request, read up to a limit. Not thread-safe. */
final class RequestBody {
    /** Room is made for so many bytes before they are here; for more, as they come. */
    private static final int TRUSTED = 1024 * 1024;

    private final HttpExchange http;
    private final int limit;
    private boolean exhausted;

    RequestBody(HttpExchange http, int limit) {
        this.http = http;
        this.limit = limit;
    }

    /**
     * The whole body.
     *
     * @throws Problem with status 413 when it is over the limit, known from {@code Content-Length} or found while reading
     * @throws IOException when the client does not send all of it
     */
    byte[] read() throws IOException {
        String encoding = http.getRequestHeaders().getFirst("Content-Encoding");
        if (encoding != null && !encoding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
            throw new Problem(
                    415, "unsupported_encoding", "Content-Encoding", "Send the body without Content-Encoding.");
        }
        long announced = length(http.getRequestHeaders().getFirst("Content-Length"));
        if (announced > limit) {
            throw tooLarge();
        }
        InputStream in = http.getRequestBody();
        byte[] body = announced >= 0 && announced <= TRUSTED
                ? readInto(new byte[(int) announced], in)
                : in.readNBytes(announced >= 0 ? (int) announced : limit);
        if (announced > body.length) {
            throw new IOException("the request ended after " + body.length + " of " + announced + " bytes");
        }
        if (in.read() >= 0) {
            throw tooLarge();
        }
        exhausted = true;
        return body;
    }

    /**
     * Reads what the client still sends and forgets it. A connection that is closed with unread bytes is reset, and the reset
     * may overtake the answer; so this comes between sending an answer and ending it. Bounded by the size of a whole body.
     */
    void discard() throws IOException {
        if (!exhausted) {
            InputStream in = http.getRequestBody();
            byte[] waste = new byte[16 * 1024];
            long left = limit;
            for (int n = in.read(waste); n >= 0 && left > 0; n = in.read(waste)) {
                left -= n;
            }
            exhausted = true;
        }
    }

    private static byte[] readInto(byte[] body, InputStream in) throws IOException {
        int count = in.readNBytes(body, 0, body.length);
        return count == body.length ? body : Arrays.copyOf(body, count);
    }

    private Problem tooLarge() {
        return new Problem(
                413,
                "request_too_large",
                "The request body is larger than the limit of " + limit + " bytes; send less.");
    }

    private static long length(@Nullable String value) {
        try {
            return value == null ? -1 : Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
