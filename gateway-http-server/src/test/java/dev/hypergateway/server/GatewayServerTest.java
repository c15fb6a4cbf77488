package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.key.Owner;
import dev.hypergateway.testkit.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayServerTest {
    private static final String MODEL = "google/gemini-2.5-flash";
    private static final String KEY = "good-key-000000";
    private static final Duration LONG = Duration.ofSeconds(15);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void closing_lets_requests_in_flight_finish_and_refuses_others() throws Exception {
        RunningGateway running = new RunningGateway(builder -> builder.shutdownGrace(LONG));
        running.store("google", KEY);
        running.sandbox.gemini().script(KEY, Reply.ok().between(Duration.ofMillis(100)));
        HttpRequest.Builder health = running.to("/api/v1/health");
        try (RawConnection client = new RawConnection(running.server.uri())) {
            client.request("POST /v1/chat/completions", "", RunningGateway.body(MODEL, "[[words:15]]", true));
            client.readUntil("word1");
            Future<?> closing = threads.submit(running.server::close);

            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(running.send(health).statusCode()).isEqualTo(503));
            HttpResponse<String> refused = running.send(health);
            assertThat(refused.headers().firstValue("connection")).contains("close");
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(client.readAll()).contains("word15", "data: [DONE]").endsWith("0\r\n\r\n");
            closing.get();
        }
        assertThatThrownBy(() -> running.send(health)).isInstanceOf(IOException.class);
        running.close();
    }

    @Test
    void closing_cuts_what_lasts_longer_than_the_grace_and_stops_the_vendor() throws Exception {
        RunningGateway running = new RunningGateway(builder -> builder.shutdownGrace(Duration.ofMillis(100)));
        running.store("google", KEY);
        running.sandbox.gemini().script(KEY, Reply.ok().stallAfter(1));
        try (RawConnection client = new RawConnection(running.server.uri())) {
            client.request("POST /v1/chat/completions", "", RunningGateway.body(MODEL, "[[words:15]]", true));
            client.readUntil("word1");

            running.server.close();

            assertThat(client.readAll()).doesNotContain("[DONE]").doesNotEndWith("0\r\n\r\n");
            assertThat(running.sandbox.gemini().awaitAbort(LONG)).isTrue();
        }
        running.close();
    }

    @Test
    void more_requests_than_allowed_are_told_to_come_back() throws Exception {
        try (RunningGateway running = new RunningGateway(builder -> builder.maxConcurrentRequests(1))) {
            running.store("google", KEY);
            running.sandbox.gemini().script(KEY, Reply.hang());
            Future<?> first = threads.submit(() -> running.chat(MODEL, "hello"));
            assertThat(running.sandbox.gemini().awaitRequests(1, LONG)).isTrue();

            HttpResponse<String> second = running.get("/v1/models");

            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValue("retry-after")).contains("1");
            assertThat(second.body()).contains("rate_limit_error");
            assertThat(running.get("/api/v1/health").statusCode()).isEqualTo(200);
            first.cancel(true);
        }
    }

    @Test
    void without_a_key_of_yours_the_server_makes_one() throws Exception {
        try (RunningGateway running = new RunningGateway();
                GatewayServer server = GatewayServer.builder()
                        .gateway(running.gateway)
                        .port(0)
                        .build()
                        .start()) {
            String key = server.gatewayKey().orElseThrow();
            HttpRequest.Builder models =
                    HttpRequest.newBuilder(server.uri().resolve("/v1/models")).header("Authorization", "Bearer " + key);

            assertThat(key).startsWith("sk-").hasSizeGreaterThan(40);
            assertThat(running.send(models).statusCode()).isEqualTo(200);
            assertThat(running.send(models.copy().setHeader("Authorization", "Bearer " + RunningGateway.KEY))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void an_authenticator_decides_whose_keys_are_used() throws Exception {
        Authenticator byName = token -> Optional.of(new Caller(new Owner(token)));
        try (RunningGateway running = new RunningGateway(builder -> builder.authenticator(byName))) {
            HttpRequest.Builder add = HttpRequest.newBuilder(
                            running.server.uri().resolve("/api/v1/provider-keys"))
                    .header("Authorization", "Bearer anna")
                    .POST(BodyPublishers.ofString("{\"provider_name\":\"google\",\"api_key\":\"" + KEY + "\"}"));
            assertThat(running.send(add).statusCode()).isEqualTo(201);

            HttpRequest.Builder list =
                    HttpRequest.newBuilder(running.server.uri().resolve("/api/v1/provider-keys"));
            assertThat(running.send(list.copy().header("Authorization", "Bearer anna"))
                            .body())
                    .contains("google");
            assertThat(running.send(list.copy().header("Authorization", "Bearer bert"))
                            .body())
                    .isEqualTo("[]");
            assertThat(running.server.gatewayKey()).isEmpty();
        }
    }

    @Test
    void pages_of_allowed_origins_may_call() throws Exception {
        // java.net.http does not let programs set Origin, so this goes through a socket.
        try (RunningGateway running =
                new RunningGateway(builder -> builder.allowedOrigins(List.of("https://app.example.com")))) {
            String preflight = raw(
                    running,
                    "OPTIONS /v1/chat/completions",
                    String.join(
                            "\r\n",
                            "Origin: https://app.example.com",
                            "Access-Control-Request-Method: POST",
                            "Access-Control-Request-Headers: authorization, x-google-api-key",
                            ""));
            assertThat(preflight)
                    .startsWith("HTTP/1.1 204")
                    .containsIgnoringCase("Access-Control-Allow-Origin: https://app.example.com")
                    .containsIgnoringCase("Access-Control-Allow-Headers: authorization, x-google-api-key")
                    .containsIgnoringCase("Access-Control-Allow-Methods: GET, POST, PATCH, DELETE, OPTIONS");
            assertThat(raw(running, "GET /v1/models", "Origin: https://app.example.com\r\n"))
                    .containsIgnoringCase("Access-Control-Allow-Origin: https://app.example.com");
            assertThat(raw(running, "GET /v1/models", "Origin: https://evil.example.com\r\n"))
                    .doesNotContainIgnoringCase("Access-Control-Allow-Origin");
        }
    }

    @Test
    void a_taken_port_is_told_with_the_remedy() {
        try (RunningGateway running = new RunningGateway()) {
            GatewayServer second = GatewayServer.builder()
                    .gateway(running.gateway)
                    .port(running.server.port())
                    .build();

            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(":" + running.server.port())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        GatewayServer.Builder builder = GatewayServer.builder();
        assertThatThrownBy(() -> builder.port(70_000))
                .hasMessageContaining("port")
                .hasMessageContaining("70000");
        assertThatThrownBy(() -> builder.maxBodyBytes(0)).hasMessageContaining("maxBodyBytes");
        assertThatThrownBy(() -> builder.maxConcurrentRequests(0)).hasMessageContaining("maxConcurrentRequests");
        assertThatThrownBy(() -> builder.keepAlive(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("first");
        assertThatThrownBy(builder::build).hasMessageContaining("gateway");
    }

    @Test
    void a_server_starts_once() {
        try (RunningGateway running = new RunningGateway()) {
            assertThatThrownBy(running.server::start).isInstanceOf(IllegalStateException.class);
            running.server.close();
            running.server.close();
            assertThatThrownBy(running.server::start).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(running.server::port).isInstanceOf(IllegalStateException.class);
        }
    }

    private static String raw(RunningGateway running, String line, String headers) throws IOException {
        try (RawConnection client = new RawConnection(running.server.uri())) {
            return client.request(line, headers, "").readAll();
        }
    }
}
