package dev.hypergateway.examples.failover;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.audit.InMemoryAuditLog;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.key.KeyStatus;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKeys;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Stores four keys of which only the last works, asks twice, and shows what the gateway did and what it remembers. */
public final class VisibleFailover {
    private VisibleFailover() {}

    public static void main(String[] args) {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.gemini()
                    .acceptOnly()
                    .script("first-secret", Reply.invalidKey())
                    .script("second-secret", Reply.rateLimited(Duration.ofMinutes(1)))
                    .script("third-secret", Reply.outOfCredit())
                    .script("fourth-secret", Reply.ok());
            show(vendors.settings());
        }
    }

    static void show(Map<String, String> settings) {
        // docs: audit
        InMemoryAuditLog audit = new InMemoryAuditLog();
        Gateway gateway =
                Gateway.builder().settings(settings).auditListener(audit).build();
        // end docs
        try (gateway) {
            addKeys(gateway);
            ask(gateway, "Hello?");
            ask(gateway, "Hello again?");
            explain(gateway);
            System.out.println("Keys:");
            gateway.keys().list(Owner.LOCAL).forEach(key -> System.out.println("  " + describe(key)));
        }
        System.out.println("Audit trail:");
        // Newest come first; a story is told from its beginning.
        List<AuditEvent> story = new ArrayList<>(audit.read(AuditQuery.latest(Owner.LOCAL.id(), 100)));
        Collections.reverse(story);
        story.forEach(event -> System.out.println("  " + event.action() + " " + event.description()));
    }

    private static void addKeys(Gateway gateway) {
        // docs: keys
        ProviderKeys keys = gateway.keys();
        keys.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("first-secret"), "revoked"));
        keys.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("second-secret"), "busy"));
        keys.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("third-secret"), "broke"));
        keys.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("fourth-secret"), "good"));
        // end docs
    }

    private static void ask(Gateway gateway, String question) {
        ChatResponse answer = gateway.chat("google/gemini-2.5-flash", question);
        System.out.println(answer.text());
        answer.trace().attempts().forEach(attempt -> System.out.println("  " + describe(attempt)));
    }

    private static void explain(Gateway gateway) {
        // docs: explain
        gateway.explain(ChatRequest.of("google/gemini-2.5-flash", "Hello?"))
                .servingKey()
                .ifPresent(key -> System.out.println("The next call would be served by " + key.name()));
        // end docs
    }

    private static String describe(Attempt attempt) {
        return attempt.succeeded()
                ? attempt.keyName() + " answered"
                : attempt.keyName() + " failed: " + attempt.failure() + " (HTTP " + attempt.httpStatus() + "), so "
                        + attempt.verdict();
    }

    private static String describe(KeyStatus status) {
        String health = status.health().isEmpty()
                ? "available"
                : status.health().get(0).state().toString();
        return status.key().displayName() + ": " + health + (status.key().selected() ? ", selected" : "");
    }
}
