package dev.hypergateway.providers.gemini;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of earlier calls goes into a request without the caller's doing: uploaded files, signatures of thoughts. Google may no
 * longer know it, which is neither the caller's mistake nor the key's. It is forgotten then, and the failure says that the same
 * key is to be asked once more. For one request; used by one thread.
 */
final class Reused {
    private static final Pattern ABOUT_FILES = Pattern.compile(
            "(?is).*(access the file|\\bfile\\b.*(active state|not exist|not found)|invalid.*file uri).*");
    private static final Pattern ABOUT_SIGNATURES = Pattern.compile("(?is).*thought.?signature.*");

    private final FileStore fileStore;
    private final SignatureStore signatureStore;
    private final Set<FileStore.Id> files = new HashSet<>();
    private final Set<String> signatures = new HashSet<>();

    Reused(FileStore fileStore, SignatureStore signatureStore) {
        this.fileStore = fileStore;
        this.signatureStore = signatureStore;
    }

    void file(FileStore.Id id) {
        files.add(id);
    }

    void signature(String id) {
        signatures.add(id);
    }

    /** The failure to report, which is another one where the fault lies with what was reused. */
    ProviderException judge(ProviderException e) {
        Failure failure = e.failure();
        int status = failure.httpStatus().orElse(0);
        boolean refused = status != 0 && failure.kind().isCallerFault();
        boolean gone = status == 404 && !failure.message().contains("models/");
        if (!files.isEmpty()
                && (gone || (refused && ABOUT_FILES.matcher(failure.message()).matches()))) {
            fileStore.forget(files);
        } else if (!signatures.isEmpty()
                && refused
                && ABOUT_SIGNATURES.matcher(failure.message()).matches()) {
            signatureStore.forget(signatures);
        } else {
            return e;
        }
        return new ProviderException(
                Failure.builder(FailureKind.TOKEN_EXPIRED, failure.message())
                        .httpStatus(status)
                        .code(failure.code().orElse(null))
                        .build(),
                e);
    }
}
