package dev.hypergateway.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * One request and the means to answer it, well or badly. Used by the connection's thread only. Every method throws
 * {@link ClientGoneException} as soon as it notices that the client has hung up; while it pauses it notices at once.
 */
public final class WireExchange {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final Socket socket;
    private final PushbackInputStream in;
    private final OutputStream out;
    private final WireRequest request;
    private boolean open = true;

    WireExchange(Socket socket, PushbackInputStream in, OutputStream out, WireRequest request) {
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.request = request;
    }

    /** What was asked. */
    public WireRequest request() {
        return request;
    }

    /** Sends a whole response with a {@code Content-Length}. */
    public void respond(int status, WireHeaders headers, byte[] body) throws IOException {
        send(head(status, headers, "Content-Length", Integer.toString(body.length)), body, body.length);
    }

    /** Sends a response that announces its whole length and breaks off (FIN) after the first bytes of the body. */
    public void respondPartly(int status, WireHeaders headers, byte[] body, int sent) throws IOException {
        send(head(status, headers, "Content-Length", Integer.toString(body.length)), body, sent);
        cut();
    }

    /** Sends status line and headers of a chunked response. */
    public void begin(int status, WireHeaders headers) throws IOException {
        send(head(status, headers, "Transfer-Encoding", "chunked"), new byte[0], 0);
    }

    /** Sends one chunk. */
    public void write(byte[] chunk) throws IOException {
        ByteArrayOutputStream framed = new ByteArrayOutputStream(chunk.length + 16);
        framed.writeBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        framed.writeBytes(chunk);
        framed.writeBytes(new byte[] {'\r', '\n'});
        send(framed.toByteArray(), new byte[0], 0);
    }

    /** Announces a whole chunk and sends only its beginning. */
    public void writePartly(byte[] chunk, int sent) throws IOException {
        send((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII), chunk, sent);
    }

    /** Ends a chunked response properly. */
    public void end() throws IOException {
        send("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII), new byte[0], 0);
    }

    /** Closes the connection with a FIN, whatever has been sent. */
    public void cut() throws IOException {
        open = false;
        socket.shutdownOutput();
        socket.close();
    }

    /** Closes the connection with a RST, whatever has been sent. */
    public void reset() throws IOException {
        open = false;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits, while watching that the client stays. */
    public void pause(Duration duration) throws IOException {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            watch((int) Math.min(Math.max(1, left / 1_000_000), 60_000));
        }
    }

    /** Waits until the client hangs up or the server closes. */
    public void hang() throws IOException {
        while (true) {
            watch(60_000);
        }
    }

    /** Whether the connection can take another request. */
    boolean reusable() {
        return open && !request.headers().hasToken("Connection", "close");
    }

    /**
     * Reading is the only way to learn that the peer has closed. A byte that arrives instead belongs to a pipelined request;
     * from then on a hang-up shows only when writing.
     */
    private void watch(int millis) throws IOException {
        int read;
        try {
            socket.setSoTimeout(millis);
            read = in.read();
        } catch (SocketTimeoutException e) {
            return;
        } catch (IOException e) {
            throw new ClientGoneException(e);
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(0);
            }
        }
        if (read < 0) {
            throw new ClientGoneException("the client hung up while it was waiting");
        }
        in.unread(read);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while pausing", e);
        }
    }

    private void send(byte[] first, byte[] second, int length) throws IOException {
        try {
            if (length == 0) {
                out.write(first);
            } else {
                ByteArrayOutputStream joined = new ByteArrayOutputStream(first.length + length);
                joined.writeBytes(first);
                joined.write(second, 0, length);
                out.write(joined.toByteArray());
            }
            out.flush();
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    private static byte[] head(int status, WireHeaders headers, String framing, String value) {
        StringBuilder head = new StringBuilder(512);
        head.append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(ReasonPhrase.of(status))
                .append("\r\n");
        for (Map.Entry<String, String> field : headers.fields()) {
            field(head, field.getKey(), field.getValue());
        }
        if (headers.first("Date").isEmpty()) {
            field(head, "Date", HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        }
        field(head, framing, value);
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
