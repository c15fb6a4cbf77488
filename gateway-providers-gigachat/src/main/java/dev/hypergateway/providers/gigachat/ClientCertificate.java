package dev.hypergateway.providers.gigachat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificate with which a company shows GigaChat's hosts who it is, and its key, as the files that Sber gives out and that
 * GigaChat's own clients read. Stateless.
 */
final class ClientCertificate {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private ClientCertificate() {}

    /**
     * @param certificate the certificate and the authorities above it, as PEM
     * @param key its key, as PEM in the form PKCS#8
     * @param password opens the key; null when it is not locked
     * @throws IOException when a file cannot be read
     * @throws GeneralSecurityException when one holds another thing; the message says which and what to do
     */
    static KeyManager[] managers(Path certificate, Path key, @Nullable String password)
            throws IOException, GeneralSecurityException {
        Certificate[] chain = chain(certificate);
        char[] lock = new char[0];
        KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
        own.load(null, null);
        own.setKeyEntry("own", key(key, password), lock, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, lock);
        return factory.getKeyManagers();
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                .toArray(new Certificate[0]);
        if (chain.length == 0) {
            throw new GeneralSecurityException("there is no certificate in " + file);
        }
        return chain;
    }

    private static PrivateKey key(Path file, @Nullable String password) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new GeneralSecurityException("there is no private key as PEM in " + file);
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
        try {
            return switch (pem.group(1)) {
                case "PRIVATE KEY" -> key(new PKCS8EncodedKeySpec(encoded), file);
                case "ENCRYPTED PRIVATE KEY" -> key(unlocked(encoded, file, password), file);
                default ->
                    throw new GeneralSecurityException("the key in " + file + " has the old form '" + pem.group(1)
                            + "'; rewrite it with: openssl pkcs8 -topk8 -in old.key -out new.key");
            };
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static PrivateKey key(PKCS8EncodedKeySpec encoded, Path file) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        } catch (InvalidKeySpecException noRsa) {
            try {
                return KeyFactory.getInstance("EC").generatePrivate(encoded);
            } catch (InvalidKeySpecException noEc) {
                throw new GeneralSecurityException("the key in " + file + " is neither an RSA nor an EC key");
            }
        }
    }

    private static PKCS8EncodedKeySpec unlocked(byte[] locked, Path file, @Nullable String password)
            throws GeneralSecurityException, IOException {
        if (password == null) {
            throw new GeneralSecurityException(
                    "the key in " + file + " is locked; give its password in " + GigaChatSettings.KEY_FILE_PASSWORD);
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(locked);
        AlgorithmParameters parameters = info.getAlgParameters();
        // The name of what openssl writes today (PBES2) stands in the parameters only.
        String algorithm = parameters == null ? info.getAlgName() : parameters.toString();
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
        try {
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(algorithm).generateSecret(spec), parameters);
            return info.getKeySpec(cipher);
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("the key in " + file + " does not open with "
                    + GigaChatSettings.KEY_FILE_PASSWORD + " (" + e.getClass().getSimpleName() + ")");
        } finally {
            spec.clearPassword();
        }
    }
}
