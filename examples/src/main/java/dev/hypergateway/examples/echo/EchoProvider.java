package dev.hypergateway.examples.echo;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.util.List;

/**
 * A vendor without a network: its one model says back what it was told last. Stateless and thread-safe.
 *
 * <p>It shows the duties of a provider. It maps one attempt and decides nothing: no retry, no wait, no other key. It refuses what
 * it cannot express when leaving it out would change the answer. It classifies what goes wrong, because that decides what the
 * gateway does next: a key that does not begin with {@code echo-} is rejected, so the gateway takes the next key.
 */
public final class EchoProvider implements ChatProvider {
    private static final ProviderDescriptor DESCRIPTOR = new ProviderDescriptor(
            "echo",
            "Echo",
            List.of("echo"),
            List.of("echo"),
            URI.create("http://echo.invalid"),
            "ECHO_API_BASE_URL",
            "ECHO_API_KEY",
            "X-Echo-API-Key");

    private static final String KEY_PREFIX = "echo-";

    /** For {@link java.util.ServiceLoader}. */
    public EchoProvider() {}

    @Override
    public ProviderDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Model> models() {
        return List.of(new Model("echo-1", "examples", null, null));
    }

    @Override
    public ChatResponse chat(ChatRequest request, ProviderCall call) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        try (ProviderStream stream = stream(request, call)) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                assembler.accept(event);
            }
        }
        return assembler.response();
    }

    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        if (!call.credential().secret().reveal().startsWith(KEY_PREFIX)) {
            throw new ProviderException(
                    Failure.of(FailureKind.CREDENTIAL_REJECTED, "the key does not begin with " + KEY_PREFIX));
        }
        if (models().stream().noneMatch(model -> model.id().equals(call.model()))) {
            throw new ProviderException(
                    Failure.builder(FailureKind.MODEL_UNAVAILABLE, "Echo has no model " + call.model())
                            .param("model")
                            .build());
        }
        Limits.check(request);
        return new EchoStream(request, call);
    }
}
