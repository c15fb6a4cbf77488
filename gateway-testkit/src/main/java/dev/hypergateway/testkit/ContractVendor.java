package dev.hypergateway.testkit;

import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The vendor behind a provider under test, as a {@link ChatProviderContract} directs it: a local server in the vendor's wire
 * format. Each method says what becomes of the calls after it. {@link SandboxVendor} does this with a server of the
 * {@link VendorSandbox}; write one for another vendor's server. Used by one thread, apart from the server's own.
 */
public interface ContractVendor extends AutoCloseable {
    /** Where the API lives, for the provider's calls. */
    URI baseUri();

    /** Settings that the provider needs to find the vendor, beside {@link #baseUri()}. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** Answers with a text in these pieces, one to a chunk where the answer is streamed. */
    void answers(List<String> pieces);

    /** The kinds of failure that the vendor has an error for. */
    Set<FailureKind> errors();

    /** Refuses calls with the vendor's own error of this kind, one of {@link #errors()}. */
    void refuses(FailureKind kind);

    /** Breaks the connection after this many pieces, without an end of the answer. */
    void breaksOffAfter(int pieces);

    /**
     * Says nothing more after this many pieces, at 0 not even a status line, until the client hangs up.
     *
     * @param atMost how long a vendor without connections stays silent; others need not care
     */
    void fallsSilentAfter(int pieces, Duration atMost);

    /** Waits for a call; false when none came in time. */
    boolean awaitCall(Duration within);

    /** Waits for a client to hang up in the middle of an answer; false when none did in time. */
    boolean awaitHangUp(Duration within);

    /** What the vendor got with the latest call, as text: its body, and whatever was uploaded for it in base64. */
    String lastRequest();

    /** Knows this key, whose calls the other methods are about. */
    void accepts(Secret key);

    @Override
    void close();
}
