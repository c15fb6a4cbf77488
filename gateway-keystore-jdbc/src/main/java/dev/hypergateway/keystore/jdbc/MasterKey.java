package dev.hypergateway.keystore.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** One key that encrypts stored secrets, with the two keys derived from it. Immutable; {@code toString()} shows the id only. */
final class MasterKey {
    static final int BYTES = 32;

    private static final int ID_BYTES = 4;

    private final String id;
    private final SecretKey encryption;
    private final byte[] fingerprint;

    /**
     * @param key 32 bytes
     */
    MasterKey(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a master key has " + BYTES + " bytes, this one had " + key.length);
        }
        byte[] label = label("id");
        byte[] labelled = new byte[label.length + key.length];
        System.arraycopy(label, 0, labelled, 0, label.length);
        System.arraycopy(key, 0, labelled, label.length, key.length);
        this.id = HexFormat.of().formatHex(Hashes.sha256(labelled), 0, ID_BYTES);
        this.encryption = new SecretKeySpec(Hashes.hmac(key, label("encryption")), "AES");
        this.fingerprint = Hashes.hmac(key, label("fingerprint"));
    }

    /** Eight hexadecimal digits that tell keys apart and give nothing away. */
    String id() {
        return id;
    }

    SecretKey encryption() {
        return encryption;
    }

    /** A value that is the same for the same message and says nothing about it to those who lack the key. */
    byte[] fingerprint(byte[] message) {
        return Hashes.hmac(fingerprint, message);
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }

    private static byte[] label(String use) {
        return ("hyper-gateway master key v1 " + use).getBytes(StandardCharsets.US_ASCII);
    }
}
