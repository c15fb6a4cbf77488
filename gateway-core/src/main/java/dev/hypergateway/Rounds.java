package dev.hypergateway;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.trace.CallTrace;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls that belong together, and the sum of their traces and usages. Used once, by one thread. */
final class Rounds {
    private final Function<ChatRequest, ChatResponse> gateway;
    private CallTrace trace = CallTrace.empty();
    private @Nullable Usage usage;

    Rounds(Function<ChatRequest, ChatResponse> gateway) {
        this.gateway = gateway;
    }

    /** The model's answer, with the trace and the usage of all rounds so far; so has the exception if there is none. */
    ChatResponse ask(ChatRequest request) {
        ChatResponse response;
        try {
            response = gateway.apply(request);
        } catch (GatewayException e) {
            e.precededBy(trace);
            throw e;
        }
        if (trace.attempts().isEmpty()) {
            trace = response.trace();
            usage = response.usage().orElse(null);
            return response;
        }
        trace = trace.then(response.trace());
        Usage earlier = usage;
        usage = response.usage()
                .map(later -> earlier == null ? later : earlier.plus(later))
                .orElse(earlier);
        return response.toBuilder().trace(trace).usage(usage).build();
    }

    CallTrace trace() {
        return trace;
    }
}
