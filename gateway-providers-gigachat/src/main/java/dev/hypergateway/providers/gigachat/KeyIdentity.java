package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Fingerprint;
import dev.hypergateway.provider.ProviderCall;
import java.net.URI;

/**
 * Which key, in which version, at which hosts: what a token, an uploaded file and a place in the queue belong to. It changes with
 * the key's secret, so nothing of an old secret is ever used for a new one.
 *
 * @param tokenUrl where tokens come from
 * @param baseUri where the API lives
 * @param scope what the token is for
 * @param version the stored key's version
 * @param secretHash fingerprint of the secret, so that the secret itself is not kept
 */
record KeyIdentity(URI tokenUrl, URI baseUri, String scope, long version, String secretHash) {

    static KeyIdentity of(ProviderCall call) {
        Credential credential = call.credential();
        return new KeyIdentity(
                GigaChatSettings.tokenUrl(call),
                call.baseUri(),
                GigaChatSettings.scope(call),
                credential.version(),
                Fingerprint.of(credential.secret()));
    }

    @Override
    public String toString() {
        return "KeyIdentity[" + tokenUrl.getHost() + ", " + scope + ", version " + version + "]";
    }
}
