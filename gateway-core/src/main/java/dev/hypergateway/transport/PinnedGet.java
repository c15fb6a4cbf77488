package dev.hypergateway.transport;

import dev.hypergateway.transport.Cancellation.Registration;
import dev.hypergateway.transport.TransportException.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One GET over HTTP/1.1 to an address that has been resolved before: {@code java.net.http} would resolve the name a second time,
 * and a hostile name server could answer differently then. The certificate is checked against the name.
 */
final class PinnedGet {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int LONGEST_HEAD = 64 * 1024;

    private final URI uri;
    private final int maxBytes;
    private final AttemptControl control;
    private final Socket socket;
    private final InputStream in;
    private int headBytes;

    private PinnedGet(URI uri, int maxBytes, AttemptControl control, Socket socket) throws IOException {
        this.uri = uri;
        this.maxBytes = maxBytes;
        this.control = control;
        this.socket = socket;
        this.in = new BufferedInputStream(new Timed(), 16 * 1024);
    }

    /**
     * @param addresses where the host is; tried in order until one takes the connection
     * @param tls whom to trust
     * @param maxBytes most bytes of the body
     * @throws MediaFetchException when the body is longer
     * @throws TransportException when there is no complete answer
     */
    static UpstreamResponse send(
            URI uri,
            List<InetAddress> addresses,
            SSLSocketFactory tls,
            Map<String, String> headers,
            int maxBytes,
            AttemptControl control) {
        Faults faults = new Faults(uri, ProxySettings.direct(), CONNECT);
        try (Socket plain = connect(uri, addresses, control)) {
            Registration registration = control.cancellation().onCancel(() -> closeQuietly(plain));
            try {
                plain.setSoTimeout(millisLeft(control));
                Socket socket = isTls(uri) ? encrypted(uri, plain, tls) : plain;
                return new PinnedGet(uri, maxBytes, control, socket).exchange(headers);
            } finally {
                registration.close();
            }
        } catch (SocketTimeoutException e) {
            throw new TransportException(Reason.TOTAL_TIMEOUT, faults.peer() + " took too long", e);
        } catch (IOException e) {
            throw control.cancellation().isCancelled() ? faults.cancelled() : faults.beforeAnswer(e);
        }
    }

    private static Socket connect(URI uri, List<InetAddress> addresses, AttemptControl control) throws IOException {
        int port = uri.getPort() >= 0 ? uri.getPort() : isTls(uri) ? 443 : 80;
        IOException failure = null;
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            boolean timeIsShort = control.remaining().compareTo(CONNECT) <= 0;
            try {
                int limit = timeIsShort ? millisLeft(control) : (int) CONNECT.toMillis();
                socket.connect(new InetSocketAddress(address, port), limit);
                return socket;
            } catch (SocketTimeoutException e) {
                failure = timeIsShort ? e : new HttpConnectTimeoutException(e.getMessage());
                closeQuietly(socket);
            } catch (IOException e) {
                failure = e;
                closeQuietly(socket);
            }
        }
        throw failure == null ? new IOException("no address") : failure;
    }

    private static Socket encrypted(URI uri, Socket plain, SSLSocketFactory tls) throws IOException {
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private UpstreamResponse exchange(Map<String, String> headers) throws IOException {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        StringBuilder head =
                new StringBuilder("GET ").append(path).append(query).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(uri.getHost());
        head.append(uri.getPort() < 0 ? "" : ":" + uri.getPort()).append("\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        int status = status(line());
        while (status / 100 == 1) {
            fields();
            status = status(line());
        }
        UpstreamHeaders fields = fields();
        return new UpstreamResponse(status, fields, status / 100 == 2 ? body(fields) : new byte[0]);
    }

    private byte[] body(UpstreamHeaders fields) throws IOException {
        String encoding = fields.first("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new IOException("an encoding that was not asked for: " + encoding);
        }
        if (fields.first("Transfer-Encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            return chunks();
        }
        String length = fields.first("Content-Length").orElse("");
        if (length.isEmpty()) {
            return atMost(in.readNBytes(maxBytes + 1));
        }
        int announced = size(length, 10);
        byte[] body = in.readNBytes(announced);
        if (body.length < announced) {
            throw new EOFException("the body is shorter than announced");
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = size(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return body.toByteArray();
            }
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size || !line().isEmpty()) {
                throw new EOFException("a chunk is shorter than announced");
            }
            body.write(chunk);
            if (body.size() > maxBytes) {
                throw MediaFetcher.tooLarge(uri, maxBytes);
            }
        }
    }

    private byte[] atMost(byte[] body) {
        if (body.length > maxBytes) {
            throw MediaFetcher.tooLarge(uri, maxBytes);
        }
        return body;
    }

    private int size(String text, int radix) throws IOException {
        long size;
        try {
            size = Long.parseLong(text.strip(), radix);
        } catch (NumberFormatException e) {
            throw new IOException("not a length", e);
        }
        if (size > maxBytes) {
            throw MediaFetcher.tooLarge(uri, maxBytes);
        }
        if (size < 0) {
            throw new IOException("not a length");
        }
        return (int) size;
    }

    private static int status(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (!line.startsWith("HTTP/1.") || words.length < 2 || !words[1].matches("[1-5]\\d\\d")) {
            throw new IOException("not an HTTP answer");
        }
        return Integer.parseInt(words[1]);
    }

    private UpstreamHeaders fields() throws IOException {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.computeIfAbsent(line.substring(0, colon).strip(), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return UpstreamHeaders.of(fields);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the answer ends too early");
            }
            if (++headBytes > LONGEST_HEAD) {
                throw new IOException("the head of the answer is too long");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static boolean isTls(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    private static int millisLeft(AttemptControl control) throws SocketTimeoutException {
        long millis = control.remaining().toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("no time left");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // Nothing is left to be done for it.
        }
    }

    /** Reads with what is left of the time, so that a server which sends a byte a minute does not hold the call. */
    private final class Timed extends InputStream {
        private final InputStream source;

        Timed() throws IOException {
            source = socket.getInputStream();
        }

        @Override
        public int read() throws IOException {
            socket.setSoTimeout(millisLeft(control));
            return source.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            socket.setSoTimeout(millisLeft(control));
            return source.read(buffer, offset, length);
        }
    }
}
