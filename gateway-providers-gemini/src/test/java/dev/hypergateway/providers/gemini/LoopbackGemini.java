package dev.hypergateway.providers.gemini;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.recordings.Asked;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.util.Map;

/** Gemini on this machine: answers what it was told to, in order, with a client for it. */
final class LoopbackGemini implements AutoCloseable {
    static final String KEY = "AIzaSyCANARY0CANARY0CANARY0CANARY0CANARY0";

    private final UpstreamClient http = UpstreamClient.builder().build();
    private final LoopbackServer server = new LoopbackServer();
    private int seen;

    LoopbackGemini answer(Answer answer) {
        server.answer(answer);
        return this;
    }

    LoopbackGemini answer(int status, String contentType, String body) {
        return answer(Answer.of(status, contentType, body));
    }

    LoopbackGemini json(int status, String body) {
        return answer(status, "application/json; charset=UTF-8", body);
    }

    LoopbackGemini events(String... events) {
        return answer(200, "text/event-stream", sse(events));
    }

    static String sse(String... events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            text.append("data: ").append(event.replace('\'', '"')).append("\r\n\r\n");
        }
        return text.toString();
    }

    /** The next request that was not looked at yet. */
    Asked asked() {
        return server.asked().get(seen++);
    }

    int timesAsked() {
        return server.asked().size();
    }

    /** The address of a path on this server. */
    String address(String path) {
        return server.address(path).toString();
    }

    UpstreamClient http() {
        return http;
    }

    ProviderCall call(String model) {
        return call(model, AttemptControl.withDefaults());
    }

    ProviderCall call(String model, AttemptControl control) {
        Credential credential = new Credential(KeySource.CALLER, null, "canary", 1, Secret.of(KEY), Map.of());
        return new ProviderCall(model, credential, server.address("/v1beta"), http, control, Map.of());
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
