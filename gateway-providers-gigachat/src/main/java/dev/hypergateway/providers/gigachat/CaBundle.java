package dev.hypergateway.providers.gigachat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust besides the authorities that Java trusts: GigaChat's hosts have certificates of the Russian Trusted Root CA, which
 * no Java knows. Stateless.
 */
final class CaBundle {
    private CaBundle() {}

    /**
     * What trusts Java's authorities and those in a file.
     *
     * @param file one or more certificates as PEM, or one as DER
     * @throws IOException when the file cannot be read
     * @throws GeneralSecurityException when it holds no certificates
     */
    static TrustManager[] managers(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int number = 0;
        for (X509Certificate authority : javasOwn()) {
            trusted.setCertificateEntry("java-" + number++, authority);
        }
        for (Certificate authority : read(file)) {
            trusted.setCertificateEntry("bundle-" + number++, authority);
        }
        return trustManagers(trusted);
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        if (found.isEmpty()) {
            throw new CertificateException("there is no certificate in it");
        }
        return found;
    }

    private static X509Certificate[] javasOwn() throws GeneralSecurityException {
        for (TrustManager manager : trustManagers(null)) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    /** @param store null for Java's own, or the one that {@code javax.net.ssl.trustStore} names */
    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
