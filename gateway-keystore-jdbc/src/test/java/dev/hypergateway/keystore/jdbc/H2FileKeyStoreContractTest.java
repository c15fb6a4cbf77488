package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class H2FileKeyStoreContractTest extends KeyStoreContract {
    @TempDir
    Path folder;

    @Override
    KeyStore open() {
        return new JdbcKeyStoreFactory()
                .open(Map.of("HYPER_DATA_DIR", folder.resolve("data").toString()))
                .orElseThrow();
    }
}
