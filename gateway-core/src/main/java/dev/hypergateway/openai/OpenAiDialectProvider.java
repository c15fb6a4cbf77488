package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderStream;
import java.util.Map;

/**
 * Base of adapters for vendors that speak OpenAI's chat completions over HTTP. A subclass says how its vendor differs; requests
 * are passed on whole. Thread-safe, as long as the subclass keeps no state.
 */
public abstract class OpenAiDialectProvider implements ChatProvider {
    private final ErrorClassifier errors;

    /**
     * @param errors how to read the vendor's errors
     */
    protected OpenAiDialectProvider(ErrorClassifier errors) {
        this.errors = errors;
    }

    @Override
    public ChatResponse chat(ProviderCall call) {
        throw new UnsupportedOperationException(errors.toString());
    }

    @Override
    public ProviderStream stream(ProviderCall call) {
        throw new UnsupportedOperationException(errors.toString());
    }

    /** Path of the chat endpoint below the base address. */
    protected String chatPath() {
        return "/chat/completions";
    }

    /** Header fields of every request; {@code Authorization: Bearer} with the call's key unless overridden. */
    protected Map<String, String> headers(ProviderCall call) {
        return Map.of("Authorization", "Bearer " + call.credential().secret().reveal());
    }

    /** The request as this vendor wants it; the call's own unless overridden. */
    protected ChatRequest adjust(ProviderCall call) {
        return call.request();
    }

    /** The vendor's figures counted as OpenAI counts them; unchanged unless overridden. */
    protected Usage convert(Usage usage) {
        return usage;
    }
}
