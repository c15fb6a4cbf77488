package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStore;

class H2MemoryKeyStoreContractTest extends KeyStoreContract {
    @Override
    KeyStore open() {
        return JdbcKeyStore.owning(JdbcDatabase.inMemory(), MasterKeys.ephemeral());
    }
}
