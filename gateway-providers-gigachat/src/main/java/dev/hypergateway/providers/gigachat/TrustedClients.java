package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How to reach GigaChat's hosts: over the gateway's own client, or, where the settings name authorities or a certificate of one's
 * own, over a sibling of it that trusts these too and shows that one. A file is read once, at the first call that needs it.
 * Thread-safe.
 */
final class TrustedClients {
    private final Map<TlsFiles, SSLContext> contexts = new ConcurrentHashMap<>();

    TrustedClients() {}

    UpstreamClient client(ProviderCall call) {
        TlsFiles files = TlsFiles.of(call);
        return files.isEmpty() ? call.http() : call.http().with(context(files, call));
    }

    /** What a broken exchange with one of GigaChat's hosts means. An unknown authority is a matter of configuration. */
    static ProviderException failure(TransportException e, ProviderCall call, AttemptControl control) {
        String message = String.valueOf(e.getMessage());
        if (e.reason() != TransportException.Reason.TLS || !message.contains("PKIX")) {
            return Failures.exception(e, control);
        }
        String host = message.split(": ", 2)[0];
        String cause = message.substring(message.indexOf("PKIX")).split("[:;]", 2)[0];
        String remedy = GigaChatSettings.caBundleFile(call)
                .map(file -> "none of the certificates in " + GigaChatSettings.CA_BUNDLE_FILE + " (" + file
                        + ") and of those that Java trusts has signed the host's; put the right root certificate there")
                .orElse(
                        "Java does not know the authority that has signed the host's certificate; for GigaChat download the"
                                + " Russian Trusted Root CA as PEM and name the file in "
                                + GigaChatSettings.CA_BUNDLE_FILE);
        return new ProviderException(Failure.of(FailureKind.UNAVAILABLE, host + " (" + cause + "): " + remedy), e);
    }

    private SSLContext context(TlsFiles files, ProviderCall call) {
        SSLContext known = contexts.get(files);
        if (known != null) {
            return known;
        }
        SSLContext read;
        try {
            read = SSLContext.getInstance("TLS");
            read.init(own(files, call), trusted(files), null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
        SSLContext earlier = contexts.putIfAbsent(files, read);
        return earlier == null ? read : earlier;
    }

    private static TrustManager @Nullable [] trusted(TlsFiles files) {
        Path bundle = files.bundle();
        if (bundle == null) {
            return null;
        }
        try {
            return CaBundle.managers(bundle);
        } catch (IOException e) {
            throw unreadable(GigaChatSettings.CA_BUNDLE_FILE, bundle.toString(), e);
        } catch (GeneralSecurityException e) {
            throw GigaChatSettings.broken(GigaChatSettings.CA_BUNDLE_FILE + ": the file " + bundle
                    + " does not hold certificates as PEM: " + e.getMessage());
        }
    }

    private static KeyManager @Nullable [] own(TlsFiles files, ProviderCall call) {
        Path certificate = files.certificate();
        Path key = files.key();
        if (certificate == null || key == null) {
            return null;
        }
        String settings = GigaChatSettings.CERT_FILE + " and " + GigaChatSettings.KEY_FILE;
        try {
            return ClientCertificate.managers(
                    certificate, key, GigaChatSettings.keyFilePassword(call).orElse(null));
        } catch (IOException e) {
            throw unreadable(settings, certificate + " or " + key, e);
        } catch (GeneralSecurityException e) {
            throw GigaChatSettings.broken(settings + ": " + e.getMessage());
        }
    }

    private static ProviderException unreadable(String setting, String file, IOException e) {
        return GigaChatSettings.broken(setting + ": the file " + file + " cannot be read ("
                + e.getClass().getSimpleName() + ")");
    }
}
