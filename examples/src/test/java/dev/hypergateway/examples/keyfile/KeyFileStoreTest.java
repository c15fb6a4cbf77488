package dev.hypergateway.examples.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypergateway.examples.Console;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileStoreTest {
    @TempDir
    Path folder;

    private Path file;
    private KeyFileStore store;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("keys.env");
        write("google_zebra=secret-1", "xai_only=secret-2", "google_ant=secret-3", "google_bee=secret-4");
        store = new KeyFileStore(file);
    }

    @Test
    void the_program_fails_over_and_leaves_the_file_alone() throws Exception {
        List<String> lines =
                Console.of(() -> KeysFromFile.main(new String[0])).lines().toList();

        assertThat(lines.get(0)).isEqualTo("You said: Who has the key?");
        assertThat(lines.get(1)).startsWith("team [KeyHealth[keyId=xai_team, model=null, state=REJECTED");
        assertThat(lines.get(2)).isEqualTo("mine (selected) []");
    }

    @Test
    void the_vendor_gets_the_secrets_of_the_file_in_their_order() throws Exception {
        write("xai_first=first-secret", "xai_second=second-secret");
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.xai().script("first-secret", Reply.invalidKey()).script("second-secret", Reply.ok());

            String output = Console.of(() -> KeysFromFile.ask(vendors.settings(), file));

            assertThat(vendors.xai().requests())
                    .extracting(request -> request.key().orElse(""))
                    .containsExactly("first-secret", "second-secret");
            assertThat(output).doesNotContain("first-secret", "second-secret");
        }
        assertThat(file).hasContent("xai_first=first-secret\nxai_second=second-secret");
    }

    @Test
    void lists_keys_in_the_order_of_the_file_and_selects_the_first_of_each_provider() {
        assertThat(store.list(Owner.LOCAL))
                .extracting(ProviderKey::id)
                .containsExactly("google_zebra", "xai_only", "google_ant", "google_bee");
        assertThat(selected("google")).isEqualTo("google_zebra");
        assertThat(selected("xai")).isEqualTo("xai_only");
        assertThat(find("google_ant").displayName()).isEqualTo("ant");
        assertThat(find("google_ant").secret()).isEqualTo(Secret.of("secret-3"));
    }

    @Test
    void another_owner_has_no_keys() {
        Owner other = new Owner("other");

        assertThat(store.list(other)).isEmpty();
        assertThat(store.find(other, "google_ant")).isEmpty();
        assertThat(store.health(other)).isEmpty();
        assertThat(store.select(other, "google", "google_zebra", "google_ant")).isFalse();
    }

    @Test
    void moves_the_selection_only_from_the_expected_key_to_a_key_of_the_provider() {
        assertThat(store.select(Owner.LOCAL, "google", "google_ant", "google_bee"))
                .isFalse();
        assertThat(store.select(Owner.LOCAL, "google", "google_zebra", "xai_only"))
                .isFalse();
        assertThat(store.select(Owner.LOCAL, "google", "google_zebra", "google_gone"))
                .isFalse();
        assertThat(selected("google")).isEqualTo("google_zebra");

        assertThat(store.select(Owner.LOCAL, "google", "google_zebra", "google_ant"))
                .isTrue();
        assertThat(selected("google")).isEqualTo("google_ant");

        assertThat(store.select(Owner.LOCAL, "google", "google_ant", null)).isTrue();
        assertThat(store.list(Owner.LOCAL).stream().filter(ProviderKey::selected))
                .extracting(ProviderKey::id)
                .containsExactly("xai_only");
        assertThat(store.select(Owner.LOCAL, "google", null, "google_bee")).isTrue();
    }

    @Test
    void the_next_key_in_order_takes_over_when_the_selected_one_leaves_the_file() throws IOException {
        store.select(Owner.LOCAL, "google", "google_zebra", "google_ant");

        write("google_zebra=secret-1", "google_bee=secret-4");
        assertThat(selected("google")).isEqualTo("google_bee");

        write("google_zebra=secret-1");
        assertThat(selected("google")).isEqualTo("google_zebra");
    }

    @Test
    void an_edited_secret_has_a_higher_version_and_no_health() throws IOException {
        store.changeHealth(find("google_ant"), old -> List.of(rejected("google_ant")));
        store.changeHealth(find("google_bee"), old -> List.of(rejected("google_bee")));
        long version = find("google_ant").version();

        write("google_zebra=secret-1", "google_ant=secret-edited", "google_bee=secret-4");

        assertThat(find("google_ant").version()).isGreaterThan(version);
        assertThat(find("google_ant").secret()).isEqualTo(Secret.of("secret-edited"));
        assertThat(store.health(Owner.LOCAL)).containsExactly(rejected("google_bee"));
    }

    @Test
    void keeps_the_newest_health_of_known_keys_only() throws IOException {
        ProviderKey gone = find("google_bee");
        write("google_zebra=secret-1", "google_ant=secret-2");
        store.changeHealth(find("google_ant"), old -> List.of(rejected("google_ant")));
        store.changeHealth(gone, old -> List.of(rejected("google_bee")));
        assertThat(store.health(Owner.LOCAL)).containsExactly(rejected("google_ant"));

        store.changeHealth(find("google_ant"), old -> List.of());
        assertThat(store.health(Owner.LOCAL)).isEmpty();
    }

    @Test
    void a_key_that_cannot_be_used_is_listed_and_fails_when_it_is_opened() throws IOException {
        write("google_empty=", "google_good=secret-1");

        ProviderKey empty = find("google_empty");
        assertThatExceptionOfType(KeyUnreadableException.class)
                .isThrownBy(empty::secret)
                .withMessageContaining("google_empty");
        assertThat(find("google_empty").version()).isEqualTo(empty.version());
        assertThat(find("google_good").secret()).isEqualTo(Secret.of("secret-1"));
    }

    @Test
    void adding_changing_and_deleting_are_up_to_the_file() {
        assertThatExceptionOfType(KeyStoreException.class)
                .isThrownBy(() -> store.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("x"), null)))
                .withMessageContaining("keys.env");
        assertThatExceptionOfType(KeyStoreException.class)
                .isThrownBy(() -> store.update(Owner.LOCAL, "google_ant", ProviderKeyChange.rename("x")));
        assertThatExceptionOfType(KeyStoreException.class).isThrownBy(() -> store.delete(Owner.LOCAL, "google_ant"));
        assertThat(store.update(Owner.LOCAL, "google_gone", ProviderKeyChange.rename("x")))
                .isEmpty();
        assertThat(store.delete(Owner.LOCAL, "google_gone")).isFalse();
    }

    @Test
    void says_what_is_wrong_with_the_file_without_a_secret() throws IOException {
        write("google_a=the-same-secret", "google_b=the-same-secret");
        assertThatExceptionOfType(KeyStoreException.class)
                .isThrownBy(() -> store.list(Owner.LOCAL))
                .withMessageContainingAll("google_a", "google_b")
                .withMessageNotContaining("the-same-secret");

        write("justaname=some-secret");
        assertThatExceptionOfType(KeyStoreException.class)
                .isThrownBy(() -> store.list(Owner.LOCAL))
                .withMessageContaining("justaname")
                .withMessageNotContaining("some-secret");

        Files.delete(file);
        assertThatExceptionOfType(KeyStoreException.class)
                .isThrownBy(() -> new KeyFileStore(file))
                .withMessageContaining("keys.env");
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private ProviderKey find(String id) {
        return store.find(Owner.LOCAL, id).orElseThrow();
    }

    private String selected(String provider) {
        return store.list(Owner.LOCAL).stream()
                .filter(key -> key.provider().equals(provider) && key.selected())
                .map(ProviderKey::id)
                .findFirst()
                .orElseThrow();
    }

    private static KeyHealth rejected(String id) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new KeyHealth(id, null, KeyHealth.State.REJECTED, now.plusSeconds(60), 1, "no", now);
    }
}
