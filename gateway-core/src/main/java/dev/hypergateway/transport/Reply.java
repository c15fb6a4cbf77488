package dev.hypergateway.transport;

import java.io.IOException;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * What came back: header fields at least.
 *
 * @param head status and header fields
 * @param body what the subscriber made of the body; null when it broke
 * @param failure how the body broke while the sender was still waiting; null when it did not
 */
record Reply<T>(
        ResponseInfo head, @Nullable T body, @Nullable IOException failure) {
    UpstreamHeaders headers() {
        return UpstreamHeaders.of(head.headers());
    }
}
