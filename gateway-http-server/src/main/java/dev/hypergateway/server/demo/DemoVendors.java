package dev.hypergateway.server.demo;

import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.SandboxAnswer;
import dev.hypergateway.testkit.SandboxRequest;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.testkit.VendorServer;
import java.time.Duration;
import java.util.List;

/** The sandbox vendors of the demo and the keys for them: the first ones fail, each in its own way, the last one works. Stateless. */
final class DemoVendors {
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(60);
    private static final Duration RATE_LIMIT = Duration.ofSeconds(45);

    private DemoVendors() {}

    /** Teaches the vendors which keys are good. */
    static void script(VendorSandbox sandbox) {
        Reply answer = Reply.ok().between(BETWEEN_WORDS);
        // The second answer of the good Gemini key comes after a hiccup of the vendor, which the gateway repeats with
        // the same key.
        script(sandbox.gemini(), "google", Reply.dailyQuota(), answer, Reply.overloaded(), answer);
        script(sandbox.xai(), "xai", Reply.outOfCredit(), answer);
    }

    private static void script(VendorServer vendor, String provider, Reply outOfQuota, Reply... good) {
        vendor.acceptOnly()
                .script(secret(provider, "dead"), Reply.invalidKey())
                .script(secret(provider, "limited"), Reply.rateLimited(RATE_LIMIT))
                .script(secret(provider, "empty"), outOfQuota)
                .script(secret(provider, "good"), good)
                .answerer(DemoVendors::answer);
    }

    /** The keys of one vendor in the order in which they are tried. */
    static List<NewProviderKey> keys(String provider) {
        return List.of(
                key(provider, "dead", "dead key"),
                key(provider, "limited", "rate-limited key"),
                key(provider, "empty", "out-of-quota key"),
                key(provider, "good", "good key"));
    }

    private static NewProviderKey key(String provider, String fate, String name) {
        return new NewProviderKey(provider, Secret.of(secret(provider, fate)), name);
    }

    private static String secret(String provider, String fate) {
        return "demo-" + provider + "-" + fate + "-0000000000";
    }

    private static SandboxAnswer answer(SandboxRequest request) {
        return SandboxAnswer.text(
                "This is the sandbox standing in for " + request.model() + ". You asked: " + request.lastUserText());
    }
}
