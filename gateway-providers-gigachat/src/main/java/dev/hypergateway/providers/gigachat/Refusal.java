package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;

/** What a request asks for and GigaChat cannot express; found before anything is sent. */
final class Refusal {
    private Refusal() {}

    /**
     * @param param the request field in OpenAI's name for it
     * @param message what is wrong and what to do instead, without message content
     */
    static ProviderException of(String param, String message) {
        return new ProviderException(Failure.builder(FailureKind.INVALID_REQUEST, message)
                .param(param)
                .build());
    }
}
