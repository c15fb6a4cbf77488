package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.provider.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts secrets with AES-256-GCM (NIST SP 800-38D) and a random 96-bit nonce each. A box has a version byte, the nonce, and
 * the ciphertext with its 128-bit tag. Id, owner and provider of the row are authenticated with it, so a box moved to another
 * row does not open. Thread-safe.
 */
final class SecretBox {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + NONCE_BYTES;
    private static final int SMALLEST_BOX = HEADER_BYTES + TAG_BITS / Byte.SIZE;
    private static final int MOST_IDLE_CIPHERS = 16;
    private static final String ALGORITHM = "AES/GCM/NoPadding";

    private final MasterKeys keys;
    private final SecureRandom random = new SecureRandom();

    /** Idle ones: to look one up takes ten times as long as to decrypt a key, which happens in each call. */
    private final Queue<Cipher> ciphers = new ArrayBlockingQueue<>(MOST_IDLE_CIPHERS);

    SecretBox(MasterKeys keys) {
        this.keys = keys;
    }

    MasterKeys keys() {
        return keys;
    }

    /** Encrypts with the current master key. */
    byte[] seal(RowBinding row, Secret secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.current(), nonce, row);
            ByteBuffer box = ByteBuffer.allocate(HEADER_BYTES + cipher.getOutputSize(plain.length));
            return box.put(VERSION).put(nonce).put(cipher.doFinal(plain)).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Decrypts.
     *
     * @param displayName of the stored key, for the error message
     * @throws KeyUnreadableException when the master key is not loaded or the box does not belong here
     */
    Secret open(RowBinding row, String masterKeyId, byte[] box, String displayName) {
        MasterKey key = keys.find(masterKeyId)
                .orElseThrow(() -> new KeyUnreadableException(
                        "the stored key \"" + displayName + "\" is encrypted under the master key " + masterKeyId
                                + ", and loaded are only " + keys.ids()
                                + "; add that master key behind the current one in "
                                + Settings.ENCRYPTION_KEY + ", or enter the stored key again",
                        null));
        if (box.length < SMALLEST_BOX || box[0] != VERSION) {
            throw damaged(displayName, masterKeyId, null);
        }
        byte[] nonce = Arrays.copyOfRange(box, 1, HEADER_BYTES);
        byte[] plain = null;
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, row);
            plain = cipher.doFinal(box, HEADER_BYTES, box.length - HEADER_BYTES);
            ciphers.offer(cipher);
            return Secret.of(new String(plain, StandardCharsets.UTF_8));
        } catch (AEADBadTagException e) {
            throw damaged(displayName, masterKeyId, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        } finally {
            if (plain != null) {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    /** The fingerprint of a secret under the current master key. */
    byte[] fingerprint(RowBinding row, Secret secret) {
        return keys.current().fingerprint(row.secretOf(secret));
    }

    /** The fingerprints of a secret under each master key, for rows that are not re-encrypted yet. */
    List<byte[]> fingerprints(RowBinding row, Secret secret) {
        byte[] message = row.secretOf(secret);
        return keys.all().stream().map(key -> key.fingerprint(message)).toList();
    }

    private Cipher cipher(int mode, MasterKey key, byte[] nonce, RowBinding row) throws GeneralSecurityException {
        Cipher idle = ciphers.poll();
        Cipher cipher = idle == null ? Cipher.getInstance(ALGORITHM) : idle;
        cipher.init(mode, key.encryption(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(row.authenticated());
        return cipher;
    }

    private static KeyUnreadableException damaged(String displayName, String masterKeyId, @Nullable Throwable cause) {
        return new KeyUnreadableException(
                "the stored key \"" + displayName + "\" does not open with its master key " + masterKeyId
                        + ": it was changed outside of the gateway or belongs to another row; enter the stored key again",
                cause);
    }
}
