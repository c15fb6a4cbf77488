package dev.hypergateway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.server.GatewayServer;
import dev.hypergateway.testkit.VendorSandbox;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmCallsTest {
    private static final int CALLS = 400;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final VendorSandbox sandbox = VendorSandbox.start();
    private final Installation installation = Installation.open(settings());
    private final String token =
            installation.gatewayKeys().create(Owner.LOCAL, null).token().reveal();
    private final GatewayServer server = GatewayServer.builder()
            .gateway(installation.gateway())
            .authenticator(new StoredGatewayKeys(installation.gatewayKeys()))
            .auditLog(installation.auditLog())
            .port(0)
            .build()
            .start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        server.close();
        installation.close();
        sandbox.close();
    }

    /** What is in use is read again each second, behind the calls; that does not depend on how many calls there are. */
    @Test
    void a_warm_call_asks_the_database_nothing() throws Exception {
        installation
                .gateway()
                .keys()
                .add(Owner.LOCAL, new NewProviderKey("xai", Secret.of("xai-key-of-the-test"), "key"));
        call();
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement sql = connection.createStatement()) {
            sql.execute("SET QUERY_STATISTICS TRUE");
            for (int i = 0; i < CALLS; i++) {
                call();
            }
            assertThat(executed(sql)).isLessThan(CALLS);
        }
    }

    private void call() throws IOException, InterruptedException {
        int status = client.send(
                        HttpRequest.newBuilder(server.uri().resolve("/v1/chat/completions"))
                                .header("Authorization", "Bearer " + token)
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"model\":\"x-ai/grok-4\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(200);
    }

    private static long executed(Statement sql) throws SQLException {
        try (ResultSet count =
                sql.executeQuery("SELECT COALESCE(SUM(EXECUTION_COUNT), 0) FROM INFORMATION_SCHEMA.QUERY_STATISTICS")) {
            count.next();
            return count.getLong(1);
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(sandbox.settings());
        settings.put("DATABASE_URL", url);
        settings.put("APP_ENCRYPTION_KEY", "0123456789abcdef0123456789abcdef");
        return settings;
    }
}
