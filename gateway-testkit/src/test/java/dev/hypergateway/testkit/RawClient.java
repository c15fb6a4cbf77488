package dev.hypergateway.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client on a bare socket, which sees every byte and how the connection ends. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final URI base;

    private RawClient(URI base) throws IOException {
        this.base = base;
        this.socket = new Socket(base.getHost(), base.getPort());
        this.socket.setSoTimeout(20_000);
    }

    static RawClient connect(VendorServer server) throws IOException {
        return new RawClient(server.baseUri());
    }

    /** How the connection ended, and what came before. */
    record Ending(String text, boolean reset) {}

    void post(String path, String keyHeader, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        send("POST " + base.getPath() + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\n" + keyHeader
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads until this text has come, which must come. */
    String readUntil(String wanted) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.UTF_8).endsWith(wanted)) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("the server closed before: " + read.toString(StandardCharsets.UTF_8));
            }
            read.write(b);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Reads until the server closes or resets the connection. */
    Ending readToEnd() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                read.write(b);
            }
            return new Ending(read.toString(StandardCharsets.UTF_8), false);
        } catch (SocketException e) {
            return new Ending(read.toString(StandardCharsets.UTF_8), true);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
