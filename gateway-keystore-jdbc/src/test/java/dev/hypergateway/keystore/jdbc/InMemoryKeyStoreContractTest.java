package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.KeyStore;

class InMemoryKeyStoreContractTest extends KeyStoreContract {
    @Override
    KeyStore open() {
        return new InMemoryKeyStore();
    }
}
