package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.ProviderCall;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that say whom to trust and who one is at GigaChat's hosts.
 *
 * @param bundle authorities to trust besides Java's own
 * @param certificate one's own certificate; null together with {@code key}
 * @param key the key of that certificate
 */
record TlsFiles(
        @Nullable Path bundle,
        @Nullable Path certificate,
        @Nullable Path key) {

    /** The files that the settings name. */
    static TlsFiles of(ProviderCall call) {
        TlsFiles files = new TlsFiles(
                path(GigaChatSettings.caBundleFile(call), GigaChatSettings.CA_BUNDLE_FILE),
                path(GigaChatSettings.certificateFile(call), GigaChatSettings.CERT_FILE),
                path(GigaChatSettings.keyFile(call), GigaChatSettings.KEY_FILE));
        if ((files.certificate == null) != (files.key == null)) {
            throw GigaChatSettings.broken(
                    GigaChatSettings.CERT_FILE + " and " + GigaChatSettings.KEY_FILE + " belong together; give both");
        }
        return files;
    }

    boolean isEmpty() {
        return bundle == null && certificate == null;
    }

    private static @Nullable Path path(Optional<String> value, String setting) {
        try {
            return value.map(Path::of).orElse(null);
        } catch (InvalidPathException e) {
            throw GigaChatSettings.broken(setting + " is not a path");
        }
    }
}
