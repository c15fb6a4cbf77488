package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.util.Optional;

/** What the configuration and the attributes of a key say about a call. Stateless. */
final class GigaChatSettings {
    /** The address of the chat endpoint; all other endpoints of the API stand beside it. */
    static final String CHAT_URL = "GIGACHAT_CHAT_URL";

    static final String TOKEN_URL = "GIGACHAT_TOKEN_URL";
    static final String SCOPE = "GIGACHAT_SCOPE";
    static final String CA_BUNDLE_FILE = "GIGACHAT_CA_BUNDLE_FILE";
    static final String CERT_FILE = "GIGACHAT_CERT_FILE";
    static final String KEY_FILE = "GIGACHAT_KEY_FILE";
    static final String KEY_FILE_PASSWORD = "GIGACHAT_KEY_FILE_PASSWORD";
    static final String MAX_CONCURRENCY = "GIGACHAT_MAX_CONCURRENCY";

    /** In place of an authorization key: the client certificate says who calls, and there is no token. */
    static final String CERTIFICATE_ALONE = "client-certificate";

    private static final URI DEFAULT_TOKEN_URL = URI.create("https://ngw.devices.sberbank.ru:9443/api/v2/oauth");

    /** The scope of private persons; {@code GIGACHAT_API_B2B} and {@code GIGACHAT_API_CORP} are those of companies. */
    private static final String PERSONAL = "GIGACHAT_API_PERS";

    /** Requests that GigaChat answers at a time ({@code developers.sber.ru/docs/ru/gigachat/limitations}). */
    private static final int CONCURRENCY_OF_PERSONS = 1;

    private static final int CONCURRENCY_OF_COMPANIES = 10;

    private GigaChatSettings() {}

    static URI tokenUrl(ProviderCall call) {
        return setting(call, TOKEN_URL)
                .map(value -> {
                    try {
                        URI uri = URI.create(value);
                        if (uri.getHost() != null
                                && String.valueOf(uri.getScheme()).matches("(?i)https?")) {
                            return uri;
                        }
                    } catch (IllegalArgumentException e) {
                        throw broken(TOKEN_URL + " is not a URL");
                    }
                    throw broken(TOKEN_URL + " must be an https URL such as " + DEFAULT_TOKEN_URL);
                })
                .orElse(DEFAULT_TOKEN_URL);
    }

    /** The scope of this key: its attribute {@code scope}, else the setting, else that of private persons. */
    static String scope(ProviderCall call) {
        String own = call.credential().attributes().getOrDefault("scope", "").strip();
        return own.isEmpty() ? setting(call, SCOPE).orElse(PERSONAL) : own;
    }

    /** How many requests this key may have under way: its attribute {@code max_concurrency}, the setting, or by its scope. */
    static int concurrency(ProviderCall call) {
        Credential credential = call.credential();
        String own = credential.attributes().getOrDefault("max_concurrency", "").strip();
        String value = own.isEmpty() ? setting(call, MAX_CONCURRENCY).orElse("") : own;
        if (value.isEmpty()) {
            return scope(call).equals(PERSONAL) ? CONCURRENCY_OF_PERSONS : CONCURRENCY_OF_COMPANIES;
        }
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw broken(MAX_CONCURRENCY + " must be a number from 1 to 999999");
        }
        return Integer.parseInt(value);
    }

    /** The file with certificates to trust besides Java's own. */
    static Optional<String> caBundleFile(ProviderCall call) {
        return setting(call, CA_BUNDLE_FILE);
    }

    /** The file with one's own certificate. */
    static Optional<String> certificateFile(ProviderCall call) {
        return setting(call, CERT_FILE);
    }

    /** The file with the key of one's own certificate. */
    static Optional<String> keyFile(ProviderCall call) {
        return setting(call, KEY_FILE);
    }

    /** What opens that key. */
    static Optional<String> keyFilePassword(ProviderCall call) {
        return call.setting(KEY_FILE_PASSWORD).filter(value -> !value.isEmpty());
    }

    /** Whether the call shows a certificate in place of a token, as GigaChat's own clients do when they have no key. */
    static boolean showsCertificateAlone(ProviderCall call) {
        if (!call.credential().secret().reveal().equals(CERTIFICATE_ALONE)) {
            return false;
        }
        if (certificateFile(call).isEmpty()) {
            throw broken(
                    "the key " + CERTIFICATE_ALONE + " needs a certificate; give " + CERT_FILE + " and " + KEY_FILE);
        }
        return true;
    }

    /** API v2 has a contract of its own, which is not spoken here. */
    static void checkVersion(ProviderCall call) {
        if (call.baseUri().getPath().endsWith("/v2")) {
            throw broken(CHAT_URL + " names API v2, this provider speaks v1; give …/v1/chat/completions");
        }
    }

    /** A configuration that cannot work is no fault of the caller's, and another vendor may serve the call. */
    static ProviderException broken(String message) {
        return new ProviderException(Failure.of(FailureKind.UNAVAILABLE, message));
    }

    private static Optional<String> setting(ProviderCall call, String name) {
        return call.setting(name).map(String::strip).filter(value -> !value.isEmpty());
    }
}
