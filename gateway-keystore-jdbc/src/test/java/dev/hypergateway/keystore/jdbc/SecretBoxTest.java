package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.provider.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private static final String FIRST = "1".repeat(32);
    private static final String SECOND = "2".repeat(32);

    private final RowBinding row = new RowBinding("id", "owner", "google");
    private final Secret secret = Secret.of("canary-secret-value");
    private final SecretBox box = new SecretBox(MasterKeys.parse(FIRST));

    @Test
    void opens_what_it_sealed() {
        assertThat(open(box, row, box.seal(row, secret))).isEqualTo(secret);
    }

    @Test
    void the_same_secret_never_looks_the_same() {
        Set<String> seen = new HashSet<>();
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            byte[] sealed = box.seal(row, secret);
            seen.add(Base64.getEncoder().encodeToString(sealed));
            nonces.add(Base64.getEncoder().encodeToString(Arrays.copyOfRange(sealed, 1, 13)));
        }
        assertThat(seen).hasSize(1000);
        assertThat(nonces).hasSize(1000);
    }

    @Test
    void does_not_hold_the_plain_text() {
        assertThat(new String(box.seal(row, secret), StandardCharsets.ISO_8859_1))
                .doesNotContain("canary");
    }

    @Test
    void does_not_open_in_another_row() {
        byte[] sealed = box.seal(row, secret);

        for (RowBinding other : List.of(
                new RowBinding("other", "owner", "google"),
                new RowBinding("id", "other", "google"),
                new RowBinding("id", "owner", "xai"),
                new RowBinding("id", "ownerg", "oogle"),
                new RowBinding("ido", "wner", "google"))) {
            assertThatThrownBy(() -> open(box, other, sealed)).isInstanceOf(KeyUnreadableException.class);
        }
    }

    @Test
    void does_not_open_when_any_bit_was_changed_or_bytes_are_missing() {
        byte[] sealed = box.seal(row, secret);

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> open(box, row, changed))
                    .as("bit %d", bit)
                    .isInstanceOf(KeyUnreadableException.class)
                    .hasMessageContaining("shown name")
                    .hasMessageNotContaining("canary");
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> open(box, row, cut))
                    .as("length %d", length)
                    .isInstanceOf(KeyUnreadableException.class);
        }
    }

    @Test
    void names_the_key_and_the_remedy_when_the_master_key_is_missing() {
        byte[] sealed = box.seal(row, secret);
        SecretBox other = new SecretBox(MasterKeys.parse(SECOND));

        assertThatThrownBy(() -> open(other, row, sealed))
                .isInstanceOf(KeyUnreadableException.class)
                .hasMessageContaining("shown name")
                .hasMessageContaining(box.keys().currentId())
                .hasMessageContaining("APP_ENCRYPTION_KEY");
    }

    @Test
    void an_older_master_key_still_opens() {
        byte[] sealed = box.seal(row, secret);
        SecretBox rotated = new SecretBox(MasterKeys.parse(SECOND + "," + FIRST));

        assertThat(open(rotated, row, sealed)).isEqualTo(secret);
    }

    @Test
    void fingerprints_tell_secrets_owners_providers_and_master_keys_apart() {
        SecretBox other = new SecretBox(MasterKeys.parse(SECOND));
        Set<String> seen = new HashSet<>();
        for (byte[] fingerprint : List.of(
                box.fingerprint(row, secret),
                box.fingerprint(row, Secret.of("other-secret")),
                box.fingerprint(new RowBinding("id", "other", "google"), secret),
                box.fingerprint(new RowBinding("id", "owner", "xai"), secret),
                other.fingerprint(row, secret))) {
            seen.add(Base64.getEncoder().encodeToString(fingerprint));
        }
        assertThat(seen).hasSize(5);
        assertThat(box.fingerprint(new RowBinding("other id", "owner", "google"), secret))
                .isEqualTo(box.fingerprint(row, secret));
    }

    private Secret open(SecretBox opener, RowBinding binding, byte[] sealed) {
        return opener.open(binding, box.keys().currentId(), sealed, "shown name");
    }
}
