package dev.hypergateway.testkit;

import dev.hypergateway.testkit.wire.WireHeaders;

/**
 * A whole response.
 *
 * @param status HTTP status
 * @param headers the vendor's header fields without framing
 * @param body the body
 * @param chunked whether it goes out with {@code Transfer-Encoding: chunked}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WireResponse(int status, WireHeaders headers, byte[] body, boolean chunked) {}
