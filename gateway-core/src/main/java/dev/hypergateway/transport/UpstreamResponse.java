package dev.hypergateway.transport;

/**
 * A vendor's whole answer. The body array is not copied and must not be changed.
 *
 * @param status HTTP status
 * @param headers header fields
 * @param body all bytes of the body, possibly none
 */
@SuppressWarnings("ArrayRecordComponent") // Copying or comparing megabytes would serve nobody.
public record UpstreamResponse(int status, UpstreamHeaders headers, byte[] body) {

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
        return "UpstreamResponse[" + status + ", " + body.length + " bytes]";
    }
}
