package dev.hypergateway.openai;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.transport.UpstreamHeaders;

/** Turns a vendor's error answer into a {@link Failure}. Implementations are stateless. */
@FunctionalInterface
public interface ErrorClassifier {

    /**
     * Classifies an answer that is not a success, or an error object that came in a 2xx answer or inside a stream.
     *
     * @param status HTTP status; 2xx for an error object in a successful answer
     * @param headers header fields of the answer
     * @param body the error body: JSON, HTML, plain text or nothing
     * @param credential the key that was used, so that it can be taken out of the message
     */
    Failure classify(int status, UpstreamHeaders headers, byte[] body, Credential credential);
}
