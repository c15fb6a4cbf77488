package dev.hypergateway.examples.keyfile;

import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.key.KeyStatus;
import dev.hypergateway.key.Owner;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Takes the keys from a file. The first one is dead, so the second one becomes the selected key; the file stays as it is. */
public final class KeysFromFile {
    private KeysFromFile() {}

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("keys", ".env");
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.xai().script("dead-secret", Reply.invalidKey()).script("good-secret", Reply.ok());
            Files.write(file, List.of("# tried in this order", "xai_team=dead-secret", "xai_mine=good-secret"));
            ask(vendors.settings(), file);
        } finally {
            Files.delete(file);
        }
    }

    static void ask(Map<String, String> settings, Path file) {
        // docs: own-keystore
        try (Gateway ai = Gateway.builder()
                .settings(settings)
                .keyStore(new KeyFileStore(file))
                .build()) {
            ChatResponse answer = ai.chat("x-ai/grok-4", "Who has the key?");
            System.out.println(answer.text());
            for (KeyStatus status : ai.keys().list(Owner.LOCAL)) {
                System.out.println(status.key().displayName()
                        + (status.key().selected() ? " (selected) " : " ")
                        + status.health());
            }
        }
        // end docs
    }
}
