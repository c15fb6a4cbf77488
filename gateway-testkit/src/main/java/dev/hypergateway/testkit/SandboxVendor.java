package dev.hypergateway.testkit;

import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
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
    private static final String BLANK_LINE = "\r\n\r\n";

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
    public Map<String, String> settings() {
        return sandbox.settings();
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
        long end = System.nanoTime() + within.toNanos();
        for (int seen = 0; asked().isEmpty(); seen = server.requests().size()) {
            if (!server.awaitRequests(seen + 1, Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                return !asked().isEmpty();
            }
        }
        return true;
    }

    @Override
    public boolean awaitHangUp(Duration within) {
        return server.awaitAbort(within);
    }

    @Override
    public String lastRequest() {
        List<RecordedRequest> asked = asked();
        StringBuilder text = new StringBuilder(asked.get(asked.size() - 1).body());
        server.requests().forEach(request -> text.append(upload(request)));
        return text.toString();
    }

    @Override
    public void close() {
        sandbox.close();
    }

    /** The requests for answers: those that name a model, unlike uploads and requests for tokens. */
    private List<RecordedRequest> asked() {
        return server.requests().stream()
                .filter(request -> request.model().isPresent())
                .toList();
    }

    /** The file of a multipart upload in base64, with the last boundary behind it; empty for other requests. */
    private static String upload(RecordedRequest request) {
        String text = new String(request.bodyBytes(), StandardCharsets.ISO_8859_1);
        int name = text.indexOf("filename=");
        int start = name < 0 ? -1 : text.indexOf(BLANK_LINE, name);
        if (start < 0) {
            return "";
        }
        byte[] file = text.substring(start + BLANK_LINE.length()).getBytes(StandardCharsets.ISO_8859_1);
        return "\n" + Base64.getEncoder().encodeToString(file);
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
