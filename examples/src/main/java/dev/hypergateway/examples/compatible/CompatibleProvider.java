package dev.hypergateway.examples.compatible;

import static dev.hypergateway.openai.ErrorRow.row;

import dev.hypergateway.openai.ErrorTable;
import dev.hypergateway.openai.OpenAiDialectProvider;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * A model on this machine behind a server with OpenAI's API; the address is where Ollama listens. Stateless and thread-safe.
 *
 * <p>Such servers want no key, the gateway does: any will do. What no row of the table matches is classified by its HTTP status.
 */
// docs: dialect
public final class CompatibleProvider extends OpenAiDialectProvider {
    private static final ProviderDescriptor DESCRIPTOR = new ProviderDescriptor(
            "local",
            "Local model",
            List.of("local"),
            List.of("llama", "qwen"),
            URI.create("http://127.0.0.1:11434/v1"),
            "LOCAL_MODEL_BASE_URL",
            "LOCAL_MODEL_API_KEY",
            "X-Local-Model-API-Key");

    private static final ErrorTable ERRORS = new ErrorTable(
            List.of(
                    row("prompt too long", FailureKind.CONTEXT_TOO_LONG)
                            .on(400, 413)
                            .saying("context length", "context size")
                            .in("messages"),
                    row("model not loaded", FailureKind.MODEL_UNAVAILABLE)
                            .on(404)
                            .in("model")),
            Clock.systemUTC());

    public CompatibleProvider() {
        super(ERRORS);
    }

    @Override
    public ProviderDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
// end docs
