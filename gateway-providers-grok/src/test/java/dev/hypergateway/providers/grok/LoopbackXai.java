package dev.hypergateway.providers.grok;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.recordings.Asked;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.util.List;
import java.util.Map;

/** A server in xAI's place that answers each path as it is told, with a client for it. */
final class LoopbackXai implements AutoCloseable {
    static final Secret KEY = Secret.of("xai-0123456789abcdefghij");
    static final ChatRequest QUESTION = ChatRequest.of("x-ai/grok-4.3", "Hi");
    static final String CHAT = "/v1/chat/completions";

    private final LoopbackServer server = new LoopbackServer();
    private final UpstreamClient client = UpstreamClient.builder().build();

    static LoopbackXai replaying(Recording recording) {
        return new LoopbackXai().at(recording.target(), Answer.of(recording));
    }

    static LoopbackXai answering(int status, String contentType, String body) {
        return new LoopbackXai().at(CHAT, status, contentType, body);
    }

    LoopbackXai at(String path, Answer answer) {
        server.always(path, answer);
        return this;
    }

    LoopbackXai at(String path, int status, String contentType, String body) {
        return at(path, Answer.of(status, contentType, body).with("X-Request-Id", "request-1"));
    }

    ProviderCall call(String model) {
        Credential credential = new Credential(KeySource.ENVIRONMENT, null, "test", 0, KEY, Map.of());
        return new ProviderCall(
                model, credential, server.address("/v1"), client, AttemptControl.withDefaults(), Map.of());
    }

    ProviderCall call() {
        return call("grok-4.3");
    }

    /** What was asked, in order. */
    List<Asked> asked() {
        return server.asked();
    }

    /** The paths that were asked for, in order. */
    List<String> paths() {
        return asked().stream().map(asked -> asked.uri().getPath()).toList();
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
