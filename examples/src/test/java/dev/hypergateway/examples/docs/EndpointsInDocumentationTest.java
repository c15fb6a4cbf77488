package dev.hypergateway.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.InMemoryAuditLog;
import dev.hypergateway.server.GatewayServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of endpoints against a server. */
class EndpointsInDocumentationTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Z]+)` \\| `(/[^`]*)` \\| (yes|no) \\|", Pattern.MULTILINE);
    private static final String KEY = "sk-documentation-test";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Gateway gateway = Gateway.builder().build();
    private final GatewayServer server = GatewayServer.builder()
            .gateway(gateway)
            .gatewayKey(KEY)
            .auditLog(new InMemoryAuditLog())
            .port(0)
            .build();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
        gateway.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void exists_and_wants_a_key_where_the_table_says_so(String method, String path, boolean guarded)
            throws IOException, InterruptedException {
        String concrete = path.replace("{id}", "no-such-thing");

        int without = send(method, concrete, "").statusCode();
        HttpResponse<String> with = send(method, concrete, "Bearer " + KEY);

        assertThat(without == 401).isEqualTo(guarded);
        assertThat(with.statusCode()).isNotIn(401, 405, 500);
        // An endpoint answers 404 for what it does not find; no endpoint has this to say.
        assertThat(with.body()).doesNotContain("There is nothing at");
    }

    static List<Arguments> rows() {
        String page = Repository.read(Repository.root().resolve("docs/http-api.md"));
        List<Arguments> rows = ROW.matcher(page)
                .results()
                .map((MatchResult row) ->
                        Arguments.of(row.group(1), row.group(2), row.group(3).equals("yes")))
                .toList();
        assertThat(rows).hasSizeGreaterThan(5);
        return rows;
    }

    private HttpResponse<String> send(String method, String path, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri().resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
