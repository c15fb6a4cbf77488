package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.FailureKind;
import java.util.HashSet;
import java.util.Set;

/**
 * The attempts to get the rest of an answer that broke off. A target whose model goes on from the beginning of an answer is given
 * the part that was delivered as the last turn of the conversation; any other target, and one that refuses such a request, is
 * asked the same question again. Used once, by one thread.
 */
final class Rescue implements Attempter<AnswerStream> {
    private final FailoverExecutor executor;
    private final Call call;
    private final ChatRequest request;
    private final String delivered;
    private final Set<String> refused = new HashSet<>();
    private boolean continues;

    /**
     * @param delivered the part of the answer that the caller has
     */
    Rescue(FailoverExecutor executor, Call call, ChatRequest request, String delivered) {
        this.executor = executor;
        this.call = call;
        this.request = request;
        this.delivered = delivered;
    }

    @Override
    public AnswerStream attempt(Target target, ProviderCall providerCall) {
        continues = !delivered.isBlank() && !refused.contains(target.toString()) && executor.prefills.test(target);
        ChatRequest asked = continues
                ? request.toBuilder().message(Message.assistant(delivered)).build()
                : request;
        return executor.open(asked, call, target, providerCall);
    }

    @Override
    public boolean adapts(Target target, Failure failure) {
        return continues && failure.kind() == FailureKind.INVALID_REQUEST && refused.add(target.toString());
    }

    /** Whether the last attempt goes on behind the part that was delivered, rather than repeating it. */
    boolean continues() {
        return continues;
    }
}
