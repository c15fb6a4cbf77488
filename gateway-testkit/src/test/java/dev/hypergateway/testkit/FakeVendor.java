package dev.hypergateway.testkit;

import dev.hypergateway.openai.ChatRequestWriter;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Directs a {@link FakeProvider}, which has no connections. */
final class FakeVendor implements ContractVendor {
    private final FakeProvider provider;
    private String key = "";
    private String text = "";
    private int answered;

    FakeVendor(FakeProvider provider) {
        this.provider = provider;
    }

    @Override
    public URI baseUri() {
        return provider.descriptor().defaultBaseUri();
    }

    @Override
    public void accepts(Secret value) {
        key = value.reveal();
    }

    @Override
    public void answers(List<String> pieces) {
        text = String.join("", pieces);
        reply(FakeReply.text(text));
    }

    @Override
    public Set<FailureKind> errors() {
        return EnumSet.complementOf(EnumSet.of(FailureKind.CANCELLED, FailureKind.INTERRUPTED));
    }

    @Override
    public void refuses(FailureKind kind) {
        reply(FakeReply.failure(Failure.of(kind, "the fake vendor says no")));
    }

    @Override
    public void breaksOffAfter(int pieces) {
        FailureKind kind = pieces == 0 ? FailureKind.UNAVAILABLE : FailureKind.INTERRUPTED;
        reply(FakeReply.text(text).failingAfter(pieces, Failure.of(kind, "the fake vendor hangs up")));
    }

    @Override
    public void fallsSilentAfter(int pieces, Duration atMost) {
        reply(FakeReply.text(text).silentAfter(pieces, atMost));
    }

    @Override
    public boolean awaitCall(Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (provider.calls().size() == answered && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return provider.calls().size() > answered;
    }

    @Override
    public boolean awaitHangUp(Duration within) {
        return true;
    }

    @Override
    public String lastRequest() {
        FakeCall last = provider.calls().get(provider.calls().size() - 1);
        return new String(
                ChatRequestWriter.write(Objects.requireNonNull(last.request()), last.model(), false, false),
                StandardCharsets.UTF_8);
    }

    @Override
    public void close() {}

    private void reply(FakeReply reply) {
        answered = provider.calls().size();
        provider.script(key, reply);
    }
}
