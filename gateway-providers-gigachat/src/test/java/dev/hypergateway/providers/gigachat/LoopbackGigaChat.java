package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.recordings.Asked;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Both hosts of GigaChat on this machine, with a client for them. Tokens are given out, unless told otherwise. */
final class LoopbackGigaChat implements AutoCloseable {
    static final String KEY = "Q0FOQVJZOkNBTkFSWTpDQU5BUlk6Q0FOQVJZ";
    static final String TOKEN = "canary-token-0123456789";

    private static final String OAUTH = "/oauth";

    private final UpstreamClient http = UpstreamClient.builder().build();
    private final LoopbackServer server = new LoopbackServer().always(OAUTH, token(4_102_444_800_000L));
    private final Map<String, String> settings = new HashMap<>();
    private int seen;
    private int tokensSeen;

    LoopbackGigaChat() {
        settings.put("GIGACHAT_TOKEN_URL", server.address(OAUTH).toString());
    }

    LoopbackGigaChat with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    LoopbackGigaChat answer(Answer answer) {
        server.answer(answer);
        return this;
    }

    LoopbackGigaChat answer(int status, String contentType, String body) {
        return answer(Answer.of(status, contentType, body).with("X-Request-Id", "request-1"));
    }

    LoopbackGigaChat json(int status, String body) {
        return answer(status, "application/json; charset=utf-8", body.replace('\'', '"'));
    }

    LoopbackGigaChat events(String... events) {
        return answer(200, "text/event-stream", sse(events));
    }

    /** The connection breaks after these events. */
    LoopbackGigaChat cutAfter(String... events) {
        return answer(Answer.of(200, "text/event-stream", sse(events)).cut());
    }

    /** Answers the next request for a token. */
    LoopbackGigaChat token(Answer answer) {
        server.answer(OAUTH, answer);
        return this;
    }

    /** Answers the next request for a token. */
    LoopbackGigaChat token(int status, String body) {
        return token(Answer.of(status, "application/json", body));
    }

    static Answer token(long expiresAt) {
        String body = "{\"access_token\":\"" + TOKEN + "\",\"expires_at\":" + expiresAt + "}";
        return Answer.of(200, "application/json", body);
    }

    static String sse(String... events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            text.append("data: ").append(event.replace('\'', '"')).append("\n\n");
        }
        return text.toString();
    }

    /** The next request to the API that was not looked at yet. */
    Asked asked() {
        return askedOfApi().get(seen++);
    }

    int timesAsked() {
        return askedOfApi().size();
    }

    /** The next request for a token that was not looked at yet. */
    Asked askedForToken() {
        return server.asked(OAUTH).get(tokensSeen++);
    }

    int timesAskedForToken() {
        return server.asked(OAUTH).size();
    }

    private List<Asked> askedOfApi() {
        return server.asked().stream()
                .filter(asked -> !asked.uri().getPath().equals(OAUTH))
                .toList();
    }

    ProviderCall call() {
        return call("GigaChat-2");
    }

    ProviderCall call(String model) {
        return call(model, Map.of(), AttemptControl.withDefaults());
    }

    ProviderCall call(Map<String, String> attributes, AttemptControl control) {
        return call("GigaChat-2", attributes, control);
    }

    private ProviderCall call(String model, Map<String, String> attributes, AttemptControl control) {
        Credential credential = new Credential(KeySource.CALLER, null, "canary", 1, Secret.of(KEY), attributes);
        return new ProviderCall(model, credential, server.address("/v1"), http, control, Map.copyOf(settings));
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
