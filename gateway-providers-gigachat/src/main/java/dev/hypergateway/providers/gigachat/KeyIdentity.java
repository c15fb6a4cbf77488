package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.ProviderCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which key, in which version, at which hosts: what a token, an uploaded file and a place in the queue belong to. It changes with
 * the key's secret, so nothing of an old secret is ever used for a new one.
 *
 * @param tokenUrl where tokens come from
 * @param baseUri where the API lives
 * @param scope what the token is for
 * @param version the stored key's version
 * @param secretHash SHA-256 of the secret, so that the secret itself is not kept
 */
record KeyIdentity(URI tokenUrl, URI baseUri, String scope, long version, String secretHash) {

    static KeyIdentity of(ProviderCall call) {
        Credential credential = call.credential();
        return new KeyIdentity(
                GigaChatSettings.tokenUrl(call),
                call.baseUri(),
                GigaChatSettings.scope(call),
                credential.version(),
                sha256(credential.secret().reveal().getBytes(StandardCharsets.UTF_8)));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "KeyIdentity[" + tokenUrl.getHost() + ", " + scope + ", version " + version + "]";
    }
}
