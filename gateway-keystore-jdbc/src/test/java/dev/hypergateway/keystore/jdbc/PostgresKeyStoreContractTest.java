package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStore;
import org.junit.jupiter.api.BeforeAll;

class PostgresKeyStoreContractTest extends KeyStoreContract {
    private static final MasterKeys KEYS = MasterKeys.ephemeral();

    private static String url = "";

    @BeforeAll
    static void make_a_database() {
        url = Postgres.freshDatabase();
    }

    @Override
    KeyStore open() {
        return JdbcKeyStore.owning(JdbcDatabase.open(Postgres.settings(url)), KEYS);
    }
}
