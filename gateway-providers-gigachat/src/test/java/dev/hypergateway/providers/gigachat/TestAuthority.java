package dev.hypergateway.providers.gigachat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 that nobody has signed but itself, made by the JDK's keytool. */
final class TestAuthority {
    private static final String PASSWORD = "changeit";
    private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");

    private final KeyStore keys;
    private final Path pem;

    private TestAuthority(KeyStore keys, Path pem) {
        this.keys = keys;
        this.pem = pem;
    }

    static TestAuthority create(Path folder, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "host",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Path pem = folder.resolve(name + ".pem");
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getCertificate("host").getEncoded());
        Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
        return new TestAuthority(keys, pem);
    }

    /** The certificate as PEM. */
    Path pem() {
        return pem;
    }

    /** The key of the certificate, as PEM in the form PKCS#8. */
    Path key() throws IOException, GeneralSecurityException {
        return write("PRIVATE KEY", keys.getKey("host", PASSWORD.toCharArray()).getEncoded());
    }

    /** The key of the certificate, locked as openssl does it. */
    Path lockedKey(String password) throws IOException, GeneralSecurityException {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())));
        byte[] locked =
                cipher.doFinal(keys.getKey("host", PASSWORD.toCharArray()).getEncoded());
        byte[] parameters = cipher.getParameters().getEncoded();
        return write("ENCRYPTED PRIVATE KEY", der(0x30, der(0x30, PBES2, parameters), der(0x04, locked)));
    }

    /** A value in DER; {@code EncryptedPrivateKeyInfo} of Java 17 cannot write this algorithm. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        if (content.size() > 127) {
            value.write(0x82);
            value.write(content.size() >> 8);
        }
        value.write(content.size());
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }

    private Path write(String type, byte[] encoded) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(
                pem.resolveSibling(pem.getFileName() + "." + type.length() + ".key"),
                "Bag Attributes\n-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    /** The context of a server with this certificate that asks for one of {@code client}. */
    SSLContext serverFor(TestAuthority client) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("client", client.keys.getCertificate("host"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** The context of a server with this certificate. */
    SSLContext server() throws GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }
}
