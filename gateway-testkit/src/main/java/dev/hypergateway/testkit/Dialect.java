package dev.hypergateway.testkit;

import dev.hypergateway.testkit.wire.WireHeaders;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One vendor's wire format. Implementations are stateless but for counters and thread-safe. */
interface Dialect {

    /** For example {@code gemini}. */
    String name();

    /** Path of the API below the host, for example {@code /v1}. */
    String basePath();

    /** The names of its models, unless others are configured. */
    List<String> models();

    /** What the request is about; never fails. */
    Route route(WireRequest request);

    /** The key of the request, wherever it stands; null without one. */
    @Nullable
    String key(WireRequest request);

    /** What the vendor says to this request before it looks any further; null when it has nothing against it. */
    default @Nullable WireResponse refusal(WireRequest request) {
        return null;
    }

    /**
     * Reads and checks a chat request as the vendor does.
     *
     * @throws Rejection when the vendor would refuse it
     */
    SandboxRequest read(WireRequest request, Route route, List<String> models) throws Rejection;

    /** An answer that is not a chat. */
    WireResponse other(WireRequest request, Route route, List<String> models);

    /** A row of the error table. */
    WireResponse error(Outcome.Refusal error, Route route, @Nullable String key);

    /** Header fields of a chat answer. */
    WireHeaders answerHeaders(Route route, SandboxRequest request);

    /** The body of an answer that is not streamed. */
    byte[] whole(SandboxRequest request, SandboxAnswer answer, boolean finish);

    /** The chunks of a streamed answer. */
    Rendering stream(SandboxRequest request, SandboxAnswer answer, Route route, boolean finish, boolean done);

    /** The bytes of an error inside a stream. */
    byte[] errorEvent(Route route);

    /** The bytes of a comment inside a stream. */
    byte[] comment();

    /**
     * A streamed answer.
     *
     * @param chunks events with a piece of the answer
     * @param ending events after them: finish, usage, end marker
     */
    record Rendering(List<byte[]> chunks, List<byte[]> ending) {}
}
