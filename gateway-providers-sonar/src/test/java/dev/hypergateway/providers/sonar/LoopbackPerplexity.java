package dev.hypergateway.providers.sonar;

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

/** A server in Perplexity's place that answers each path as it is told, with a client for it. */
final class LoopbackPerplexity implements AutoCloseable {
    static final Secret KEY = Secret.of("pplx-0123456789abcdefghij");
    static final ChatRequest QUESTION = ChatRequest.of("perplexity/sonar", "Hi");
    static final String CHAT = "/chat/completions";

    private final LoopbackServer server = new LoopbackServer();
    private final UpstreamClient client = UpstreamClient.builder().build();

    static LoopbackPerplexity replaying(Recording recording) {
        return new LoopbackPerplexity().at(recording.target(), Answer.of(recording));
    }

    static LoopbackPerplexity answering(int status, String contentType, String body) {
        return new LoopbackPerplexity().at(CHAT, status, contentType, body);
    }

    LoopbackPerplexity at(String path, Answer answer) {
        server.always(path, answer);
        return this;
    }

    LoopbackPerplexity at(String path, int status, String contentType, String body) {
        return at(path, Answer.of(status, contentType, body).with("X-Request-Id", "request-1"));
    }

    ProviderCall call(String model) {
        Credential credential = new Credential(KeySource.ENVIRONMENT, null, "test", 0, KEY, Map.of());
        return new ProviderCall(model, credential, server.address(""), client, AttemptControl.withDefaults(), Map.of());
    }

    ProviderCall call() {
        return call("sonar");
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
