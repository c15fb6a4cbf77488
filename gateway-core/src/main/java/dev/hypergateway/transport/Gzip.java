package dev.hypergateway.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Undoes the compression that some servers apply unasked. */
final class Gzip {
    private Gzip() {}

    /** Whether the headers announce a body in gzip. */
    static boolean isAnnounced(UpstreamHeaders headers) {
        return headers.first("Content-Encoding")
                .map(value -> value.equalsIgnoreCase("gzip") || value.equalsIgnoreCase("x-gzip"))
                .orElse(false);
    }

    /**
     * @param limit most bytes to give back; whether there are more, the caller learns by asking for one more than it wants
     * @throws IOException when the bytes are not gzip
     */
    static byte[] decode(byte[] body, int limit) throws IOException {
        if (body.length == 0) {
            return body;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readNBytes(limit);
        }
    }
}
