package dev.hypergateway.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where requests go, and their bytes.
 *
 * @param address a server on this machine
 * @param stream whether the answers are streams
 * @param bytes the whole request
 */
public record Target(InetSocketAddress address, boolean stream, ByteBuffer bytes) {

    /** A POST request with a JSON body. */
    public static Target post(URI uri, Map<String, String> headers, boolean stream, byte[] body) {
        StringBuilder head = new StringBuilder("POST ")
                .append(uri.getPath())
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getAuthority())
                .append("\r\nContent-Type: application/json\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + body.length);
        out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        ByteBuffer direct = ByteBuffer.allocateDirect(out.size());
        direct.put(out.toByteArray()).flip();
        return new Target(new InetSocketAddress(uri.getHost(), uri.getPort()), stream, direct.asReadOnlyBuffer());
    }
}
