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
import javax.net.ssl.SSLContext;

/**
 * How to reach GigaChat's hosts: over the gateway's own client, or, where {@value GigaChatSettings#CA_BUNDLE_FILE} names
 * authorities, over a sibling of it that trusts these too. A file is read once, at the first call that needs it. Thread-safe.
 */
final class TrustedClients {
    private final Map<Path, SSLContext> contexts = new ConcurrentHashMap<>();

    TrustedClients() {}

    UpstreamClient client(ProviderCall call) {
        return GigaChatSettings.caBundleFile(call)
                .map(file -> call.http().with(context(Path.of(file))))
                .orElse(call.http());
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

    private SSLContext context(Path file) {
        SSLContext known = contexts.get(file);
        if (known != null) {
            return known;
        }
        try {
            SSLContext read = CaBundle.context(file);
            SSLContext earlier = contexts.putIfAbsent(file, read);
            return earlier == null ? read : earlier;
        } catch (IOException e) {
            throw GigaChatSettings.broken(GigaChatSettings.CA_BUNDLE_FILE + ": the file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        } catch (GeneralSecurityException e) {
            throw GigaChatSettings.broken(GigaChatSettings.CA_BUNDLE_FILE + ": the file " + file
                    + " does not hold certificates as PEM: " + e.getMessage());
        }
    }
}
