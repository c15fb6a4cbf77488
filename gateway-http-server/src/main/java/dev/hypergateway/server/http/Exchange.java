package dev.hypergateway.server.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.hypergateway.key.Owner;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer. Used by the thread that handles the request; not thread-safe. */
public final class Exchange {
    private final HttpExchange http;
    private final RequestBody body;
    private final String requestId;
    private final long startedAt = System.nanoTime();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final String path;
    private boolean lastOfConnection;
    // Written under the lock of the event stream too, by a heartbeat that opens the answer.
    private volatile int status;
    private String variable = "";
    private String routeName = "";
    private @Nullable Owner owner;
    private @Nullable Query query;

    Exchange(HttpExchange http, int maxBodyBytes) {
        this.http = http;
        this.body = new RequestBody(http, maxBodyBytes);
        this.requestId = RequestId.of(http.getRequestHeaders().getFirst(RequestId.HEADER));
        String raw = http.getRequestURI().getRawPath();
        this.path = raw == null || !raw.startsWith("/") ? "/" + (raw == null ? "" : raw) : raw;
        http.getResponseHeaders().set(RequestId.HEADER, requestId);
    }

    /** The HTTP method, as sent. */
    public String method() {
        return http.getRequestMethod();
    }

    /** The path as sent, percent-encoded, with a slash at its beginning. */
    public String path() {
        return path;
    }

    /** The id that the answer and the log carry. */
    public String requestId() {
        return requestId;
    }

    /** The value of the route's variable; empty when it has none. */
    public String variable() {
        return variable;
    }

    /** Whose keys this request may use; known after authentication. */
    public Owner owner() {
        if (owner == null) {
            throw new IllegalStateException("the route is open, so there is no caller");
        }
        return owner;
    }

    /**
     * The parameters of the URL.
     *
     * @throws Problem with status 400 when they are badly encoded
     */
    public Query query() {
        if (query == null) {
            query = Query.parse(http.getRequestURI().getRawQuery());
        }
        return query;
    }

    /** A request header; the first one when it is repeated. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(http.getRequestHeaders().getFirst(name));
    }

    /** All values of a repeated request header. */
    public List<String> headers(String name) {
        List<String> values = http.getRequestHeaders().get(name);
        return values == null ? List.of() : List.copyOf(values);
    }

    /**
     * The request body.
     *
     * @throws Problem with status 413 when it is over the limit
     * @throws IOException when the client does not send all of it
     */
    public byte[] body() throws IOException {
        return body.read();
    }

    /**
     * The fields of the request body; none when it is no {@code multipart/form-data}.
     *
     * @throws Problem with status 400 when it is malformed, 413 when it is over the limit
     * @throws IOException when the client does not send all of it
     */
    public MultipartForm form() throws IOException {
        return MultipartReader.read(http.getRequestHeaders().getFirst("Content-Type"), body.read());
    }

    /** Adds a word to the access log line of this request. Never content, never a secret. */
    public void note(String name, String value) {
        notes.put(name, LogText.of(value));
    }

    /** When the request began, in {@link System#nanoTime()}. */
    public long startedAt() {
        return startedAt;
    }

    /** Whether the status line is out, so that no other answer is possible. */
    public boolean answered() {
        return status != 0;
    }

    /**
     * Sends the whole answer.
     *
     * @throws IOException when the client is gone
     */
    public void reply(Reply reply) throws IOException {
        begin(reply.status(), reply.headers());
        Headers headers = http.getResponseHeaders();
        if (!reply.contentType().isEmpty()) {
            headers.set("Content-Type", reply.contentType());
        }
        int length = reply.body().length;
        if (method().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(length));
            length = 0;
        }
        if (length == 0) {
            // Without a body to send, the JDK ends the exchange together with the headers. (0 would mean chunked to
            // it.)
            body.discard();
            http.sendResponseHeaders(reply.status(), -1);
        } else {
            http.sendResponseHeaders(reply.status(), length);
            OutputStream out = http.getResponseBody();
            out.write(reply.body());
            out.flush();
            body.discard();
        }
        http.close();
    }

    /** Answers with a stream of events; nothing is sent before its first frame. */
    public EventStream events() {
        return new EventStream(this);
    }

    /** Sends the head of an answer of unknown length and returns where its body goes. */
    OutputStream openBody(Map<String, String> headers) throws IOException {
        begin(200, headers);
        http.sendResponseHeaders(200, 0);
        OutputStream out = http.getResponseBody();
        out.flush();
        return out;
    }

    private void begin(int newStatus, Map<String, String> headers) {
        if (answered()) {
            throw new IllegalStateException("the request was answered before, with status " + status);
        }
        status = newStatus;
        headers.forEach(http.getResponseHeaders()::set);
        if (lastOfConnection) {
            http.getResponseHeaders().set("Connection", "close");
        }
    }

    /** Adds a header to whatever the answer will be. */
    void responseHeader(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    /** Makes the answer the last one of its connection. */
    void endConnection() {
        lastOfConnection = true;
    }

    void route(String name, String value) {
        routeName = name;
        variable = value;
    }

    void owner(Owner value) {
        owner = value;
    }

    /** The template of the route, or the path where there is none, for the log. */
    String routeName() {
        return routeName.isEmpty() ? LogText.of(path) : routeName;
    }

    int status() {
        return status;
    }

    Map<String, String> notes() {
        return notes;
    }
}
