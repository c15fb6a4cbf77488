package dev.hypergateway.testkit;

import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A server of the {@link VendorSandbox} as the vendor of a {@link ChatProviderContract}. Starts a sandbox of its own.
 *
 * <pre>{@code
 * SandboxVendor vendor = new SandboxVendor(VendorSandbox::xai);
 * }</pre>
 */
public final class SandboxVendor implements ContractVendor {
    private final VendorSandbox sandbox = VendorSandbox.start();
    private final VendorServer server;
    private final Map<FailureKind, Reply> errors = new EnumMap<>(Map.of(
            FailureKind.CREDENTIAL_REJECTED, Reply.invalidKey(),
            FailureKind.QUOTA_EXHAUSTED, Reply.outOfCredit(),
            FailureKind.RATE_LIMITED, Reply.rateLimited(),
            FailureKind.MODEL_UNAVAILABLE, Reply.modelNotFound(),
            FailureKind.INVALID_REQUEST, Reply.badRequest("This is not a request."),
            FailureKind.CONTEXT_TOO_LONG, Reply.contextTooLong(),
            FailureKind.CONTENT_REJECTED, Reply.contentFiltered(),
            FailureKind.UNAVAILABLE, Reply.overloaded()));
    private String key = "";

    /**
     * @param server which server of the sandbox
     */
    public SandboxVendor(Which server) {
        this.server = server.of(sandbox);
    }

    /** Leaves out kinds of failure that this vendor has no error for. */
    public SandboxVendor withoutError(FailureKind... kinds) {
        for (FailureKind kind : kinds) {
            errors.remove(kind);
        }
        return this;
    }

    @Override
    public URI baseUri() {
        return server.baseUri();
    }

    @Override
    public void accepts(Secret value) {
        key = value.reveal();
        server.script(key, Reply.ok());
    }

    @Override
    public void answers(List<String> pieces) {
        server.answerer(request -> SandboxAnswer.chunks(pieces));
        reply(Reply.ok());
    }

    @Override
    public Set<FailureKind> errors() {
        return Set.copyOf(errors.keySet());
    }

    @Override
    public void refuses(FailureKind kind) {
        reply(Objects.requireNonNull(errors.get(kind), () -> "the sandbox has no error for " + kind));
    }

    @Override
    public void breaksOffAfter(int pieces) {
        reply(Reply.ok().cutAfter(pieces));
    }

    @Override
    public void fallsSilentAfter(int pieces, Duration atMost) {
        reply(pieces == 0 ? Reply.hang() : Reply.ok().stallAfter(pieces));
    }

    @Override
    public boolean awaitCall(Duration within) {
        return server.awaitRequests(1, within);
    }

    @Override
    public boolean awaitHangUp(Duration within) {
        return server.awaitAbort(within);
    }

    @Override
    public String lastRequest() {
        return server.lastRequest().body();
    }

    @Override
    public void close() {
        sandbox.close();
    }

    private void reply(Reply reply) {
        server.forgetRequests().script(key, reply);
    }

    /** Which server of a sandbox. */
    @FunctionalInterface
    public interface Which {
        /** Chooses the server, for example {@code VendorSandbox::gemini}. */
        VendorServer of(VendorSandbox sandbox);
    }
}
