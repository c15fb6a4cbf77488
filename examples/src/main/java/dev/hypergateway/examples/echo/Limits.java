package dev.hypergateway.examples.echo;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.util.Optional;

/** What an echo cannot do. Sampling parameters are let through: an echo has nothing to sample. Stateless. */
final class Limits {
    private Limits() {}

    /**
     * @throws ProviderException when leaving out a field would change what the answer means; it names the field
     */
    static void check(ChatRequest request) {
        if (!request.tools().isEmpty() && !request.toolChoice().equals(Optional.of(ToolChoice.NONE))) {
            throw refusal("tools", "Echo calls no tools; leave tools out");
        }
        if (request.responseFormat()
                .filter(format -> !(format instanceof ResponseFormat.Text))
                .isPresent()) {
            throw refusal("response_format", "Echo answers in plain text only; leave response_format out");
        }
        if (request.n().orElse(1) != 1) {
            throw refusal("n", "Echo gives one answer; leave n out");
        }
        if (request.logprobs().orElse(false)) {
            throw refusal("logprobs", "Echo has no probabilities; leave logprobs out");
        }
        for (Message message : request.messages()) {
            for (Part part : message.content()) {
                if (!(part instanceof Part.Text)) {
                    throw refusal("messages", "Echo takes text only, not a part of type '" + part.type() + "'");
                }
            }
        }
    }

    private static ProviderException refusal(String param, String message) {
        return new ProviderException(Failure.builder(FailureKind.INVALID_REQUEST, message)
                .param(param)
                .build());
    }
}
