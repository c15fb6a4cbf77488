package dev.hypergateway.provider;

import dev.hypergateway.trace.FailureKind;

/** What a request asks for and a vendor cannot express; found before anything is sent. Stateless. */
public final class Refusal {
    private Refusal() {}

    /**
     * The exception that tells the caller so.
     *
     * @param param the request field in OpenAI's name for it, for example {@code messages[0].content[1]}
     * @param message what is wrong and what to do instead, without message content
     */
    public static ProviderException of(String param, String message) {
        return new ProviderException(Failure.builder(FailureKind.INVALID_REQUEST, message)
                .param(param)
                .build());
    }
}
