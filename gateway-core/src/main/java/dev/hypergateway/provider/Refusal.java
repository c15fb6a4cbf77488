package dev.hypergateway.provider;

import dev.hypergateway.trace.FailureKind;
import java.util.List;
import java.util.Map;

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

    /**
     * Refuses a request for an answer other than text: {@code modalities} with another one than {@code text}, or {@code audio}.
     *
     * @param extra the request's unnamed fields
     * @param vendor who answers in text only, for the message
     */
    public static void unlessText(Map<String, Object> extra, String vendor) {
        if (extra.get("modalities") instanceof List<?> kinds && kinds.stream().anyMatch(kind -> !"text".equals(kind))) {
            throw of("modalities", vendor + " answers in text only; leave the field out");
        }
        if (extra.get("audio") != null) {
            throw of("audio", vendor + " does not speak; leave the field out");
        }
    }
}
