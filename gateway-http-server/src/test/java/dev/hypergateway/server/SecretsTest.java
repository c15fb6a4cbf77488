package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.Owner;
import dev.hypergateway.testkit.Reply;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Canaries: marked secrets go through every path, and none of their parts may come out anywhere. */
class SecretsTest {
    private static final String STORED = "ZqVwXkJpBnMrTcYdGhLs";
    private static final String STORED_XAI = "xai-QmWnRbTvYcUxIzOaPs";
    private static final String REPLACED = "HjKlPoIuYtReWqMnBvCx";
    private static final String HEADER = "RfTgYhUjIkOlPzSxDcVb";
    private static final String ENVIRONMENT = "GtHyJuKiLoPmNbVcXzAq";
    private static final String GATEWAY = "sk-WsXeDcRfVtGbYhNuJmIk";
    private static final String WRONG = "sk-OlPkMjNhBgVfCdXsZaQw";
    private static final String GOOD = "VbNmQwErTyUiOpAsDfGh";
    private static final List<String> FAILING = List.of(STORED, STORED_XAI, REPLACED, HEADER, ENVIRONMENT);
    private static final List<String> SECRETS =
            List.of(STORED, STORED_XAI, REPLACED, HEADER, ENVIRONMENT, GATEWAY, WRONG, GOOD);
    private static final int SHORTEST_FRAGMENT = 5;
    private static final String GEMINI = "google/gemini-2.5-flash";
    private static final String GROK = "x-ai/grok-4";
    private static final String KEYS = "/api/v1/provider-keys";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            IThrowableProxy thrown = event.getThrowableProxy();
            seen.add(event.getLoggerName() + ": " + event.getFormattedMessage()
                    + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
        }
    };
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.hypergateway");
    private RunningGateway running;

    @BeforeEach
    void start() {
        ours.setLevel(Level.TRACE);
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        running = new RunningGateway(
                Map.of("GOOGLE_AI_STUDIO_API_KEY", ENVIRONMENT, "XAI_API_KEY", ENVIRONMENT),
                new InMemoryKeyStore(),
                builder -> builder.gatewayKey(GATEWAY));
    }

    @AfterEach
    void stop() {
        running.close();
        root.detachAppender(appender);
        ours.setLevel(null);
    }

    @Test
    void no_part_of_a_key_comes_out_anywhere() throws Exception {
        addKeys();
        callWithVendorsThatQuoteKeys();
        callInWrongWays();
        manageKeys();
        running.auditLog.read(new AuditQuery(null, null, null, null, null, AuditQuery.MAX_LIMIT)).stream()
                .map(event -> event + " " + event.description())
                .forEach(seen::add);
        running.close();

        assertThat(seen).as("the paths were really taken").hasSizeGreaterThan(60);
        assertThat(seen).anyMatch(text -> text.contains("503")).anyMatch(text -> text.contains("UNSELECT"));
        for (String secret : SECRETS) {
            for (int i = 0; i + SHORTEST_FRAGMENT <= secret.length(); i++) {
                String fragment = secret.substring(i, i + SHORTEST_FRAGMENT);
                assertThat(seen).as("fragment %s of %s", fragment, secret).noneMatch(text -> text.contains(fragment));
            }
        }
    }

    private void addKeys() throws Exception {
        assertThat(add("google", STORED)).isEqualTo(201);
        assertThat(add("google", STORED)).isEqualTo(409);
        assertThat(add("google", GOOD)).isEqualTo(201);
        assertThat(add("xai", STORED_XAI)).isEqualTo(201);
        assertThat(add("nobody", REPLACED)).isEqualTo(400);
        assertThat(add("google", REPLACED + " " + HEADER)).isEqualTo(422);
        assertThat(see("POST", KEYS, "{\"provider_name\":\"google\",\"api_key\":" + HEADER))
                .isEqualTo(400);
        assertThat(see("POST", KEYS, "{\"provider_name\":\"google\",\"api_key\":{\"" + HEADER + "\":1}}"))
                .isEqualTo(422);
    }

    private void callWithVendorsThatQuoteKeys() throws Exception {
        List<Function<String, Reply>> replies = List.of(
                key -> Reply.ok(),
                key -> Reply.invalidKey(),
                key -> Reply.forbidden(),
                key -> Reply.leakedKey(),
                key -> Reply.rateLimited(Duration.ofSeconds(60)),
                key -> quoting(401, key),
                key -> quoting(403, key),
                key -> quoting(400, key),
                key -> quoting(500, key),
                key -> Reply.badRequest("bad key " + key + ", also known as " + key.substring(0, 7) + "***"),
                key -> Reply.htmlError(502).header("x-request-id", "id-of-" + key),
                key -> Reply.ok().errorEventAfter(2),
                key -> Reply.ok().cutAfter(2),
                key -> Reply.resetBeforeHeaders());
        for (Function<String, Reply> reply : replies) {
            for (String key : FAILING) {
                running.sandbox.gemini().script(key, reply.apply(key));
                running.sandbox.xai().script(key, reply.apply(key));
            }
            for (String model : List.of(GEMINI, GROK)) {
                chat(model, false, Map.of());
                chat(model, true, Map.of());
                chat(model, false, Map.of("X-Google-API-Key", HEADER, "X-xAI-API-Key", HEADER));
                chat(model, true, Map.of("X-Google-API-Key", HEADER, "X-xAI-API-Key", HEADER));
            }
            reviveKeys();
        }
    }

    /** An error whose body has the key in it, whole and in part. */
    private static Reply quoting(int status, String key) {
        String message = "wrong key: " + key + ", it begins with " + key.substring(0, 10) + ", ends with "
                + key.substring(8) + " and is " + key.substring(0, 8) + "***" + key.substring(16);
        return Reply.status(status, "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\"}}", Map.of());
    }

    private void callInWrongWays() throws Exception {
        chat(GEMINI, false, Map.of("X-Google-API-Key", HEADER + " " + HEADER));
        chat(GEMINI, false, Map.of("Authorization", "Bearer " + WRONG));
        chat(GEMINI, false, Map.of("Authorization", "Basic " + WRONG));
        chat(GEMINI, false, Map.of("Authorization", WRONG));
        see("GET", "/v1/models?key=" + GATEWAY, "");
        see("GET", "/v1/nothing?key=" + GATEWAY, "");
        see("POST", "/v1/chat/completions", "{\"model\":" + GATEWAY);
    }

    private void manageKeys() throws Exception {
        see("GET", KEYS, "");
        for (var status : running.gateway.keys().list(Owner.LOCAL)) {
            String path = KEYS + "/" + status.key().id();
            see("PATCH", path, "{\"api_key\":\"" + REPLACED + status.key().provider() + "\",\"name\":\"new\"}");
            see("PATCH", path, "{\"is_selected\":true}");
            see("GET", path, "");
            see("DELETE", path, "");
        }
        see("GET", "/api/v1/activity-logs?limit=1000", "");
        see("GET", "/api/v1/health", "");
        see("GET", "/v1/models", "");
    }

    private void reviveKeys() {
        running.gateway
                .keys()
                .list(Owner.LOCAL)
                .forEach(status ->
                        running.gateway.keys().revive(Owner.LOCAL, status.key().id()));
    }

    private int add(String provider, String secret) throws Exception {
        return see("POST", KEYS, "{\"provider_name\":\"" + provider + "\",\"api_key\":\"" + secret + "\"}");
    }

    private void chat(String model, boolean stream, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = running.to("/v1/chat/completions")
                .setHeader("Authorization", "Bearer " + GATEWAY)
                .POST(BodyPublishers.ofString(RunningGateway.body(model, "say something", stream)));
        headers.forEach(request::setHeader);
        see(request);
    }

    private int see(String method, String path, String body) throws Exception {
        return see(running.to(path)
                .setHeader("Authorization", "Bearer " + GATEWAY)
                .method(method, BodyPublishers.ofString(body)));
    }

    private int see(HttpRequest.Builder request) throws Exception {
        try {
            HttpResponse<String> response = running.send(request);
            seen.add(response.statusCode() + " " + response.headers().map() + "\n" + response.body());
            return response.statusCode();
        } catch (IOException brokenStream) {
            return 0;
        }
    }
}
