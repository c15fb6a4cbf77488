package dev.hypergateway.testkit;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of a provider and what came of it, in the way that the gateway makes calls. Used by one thread. */
final class ContractCall {
    private final ChatProvider provider;
    private final ChatRequest request;
    private final ProviderCall call;
    private final List<ChatEvent> events = new ArrayList<>();
    private @Nullable ChatResponse response;
    private @Nullable ProviderException exception;

    ContractCall(ChatProvider provider, ChatRequest request, ProviderCall call) {
        this.provider = provider;
        this.request = request;
        this.call = call;
    }

    /** Asks for a whole answer. */
    ContractCall chat() {
        try {
            response = provider.chat(request, call);
        } catch (ProviderException e) {
            exception = e;
        }
        return this;
    }

    /** Asks for a stream and reads all of it. */
    ContractCall stream() {
        return stream(unused -> {});
    }

    /**
     * Asks for a stream and reads all of it.
     *
     * @param onContent hears of each event with content
     */
    ContractCall stream(Consumer<ProviderStream> onContent) {
        try (ProviderStream stream = provider.stream(request, call)) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
                if (event.isContent()) {
                    call.control().markContent();
                    onContent.accept(stream);
                }
            }
        } catch (ProviderException e) {
            exception = e;
        }
        return this;
    }

    ChatRequest request() {
        return request;
    }

    ProviderCall call() {
        return call;
    }

    List<ChatEvent> events() {
        return events;
    }

    @Nullable
    ProviderException exception() {
        return exception;
    }

    /** The whole answer. */
    ChatResponse response() {
        if (response == null) {
            throw new AssertionError("the provider gave no answer", exception);
        }
        return response;
    }

    /** Why the call failed. */
    Failure failure() {
        if (exception == null) {
            throw new AssertionError("the call of " + provider.descriptor().id() + " should have failed");
        }
        return exception.failure();
    }

    /** All that a log could show of the failure. */
    String failureText() {
        StringWriter text = new StringWriter();
        if (exception != null) {
            exception.printStackTrace(new PrintWriter(text));
            text.append(exception.failure().toString());
            text.append(exception.failure().code().orElse(""));
        }
        return text.toString();
    }
}
