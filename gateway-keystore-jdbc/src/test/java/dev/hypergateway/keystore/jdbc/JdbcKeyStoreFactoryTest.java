package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.KeyStoreFactory;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcKeyStoreFactoryTest {
    @Test
    void is_found_as_a_service() {
        assertThat(ServiceLoader.load(KeyStoreFactory.class)).hasAtLeastOneElementOfType(JdbcKeyStoreFactory.class);
    }

    @Test
    void is_declared_to_the_module_path_and_the_class_path_alike() throws Exception {
        Path classes = Path.of(JdbcKeyStoreFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Map<String, List<String>> declared =
                ModuleFinder.of(classes)
                        .find("dev.hypergateway.keystore.jdbc")
                        .orElseThrow()
                        .descriptor()
                        .provides()
                        .stream()
                        .collect(Collectors.toMap(
                                ModuleDescriptor.Provides::service, ModuleDescriptor.Provides::providers));
        assertThat(declared).containsOnlyKeys(KeyStoreFactory.class.getName());
        try (InputStream in = JdbcKeyStoreFactory.class.getResourceAsStream(
                "/META-INF/services/" + KeyStoreFactory.class.getName())) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text.lines().toList()).isEqualTo(declared.get(KeyStoreFactory.class.getName()));
        }
    }

    @Test
    void opens_nothing_unless_it_is_asked_to() {
        assertThat(new JdbcKeyStoreFactory().open(Map.of())).isEmpty();
        assertThat(new JdbcKeyStoreFactory().open(Map.of("DATABASE_URL", " ", "HYPER_DATA_DIR", "")))
                .isEmpty();
    }

    @Test
    void opens_the_store_that_the_settings_name(@TempDir Path folder) {
        Map<String, String> settings =
                Map.of("DATABASE_URL", "jdbc:h2:file:" + folder.resolve("mine"), "APP_ENCRYPTION_KEY", "1".repeat(32));
        try (KeyStore store = new JdbcKeyStoreFactory().open(settings).orElseThrow()) {
            store.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("secret-1"), null));
        }
        try (KeyStore store = new JdbcKeyStoreFactory().open(settings).orElseThrow()) {
            assertThat(store.list(Owner.LOCAL).get(0).secret()).isEqualTo(Secret.of("secret-1"));
        }
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("mine.mv.db"));
    }

    @Test
    void closes_the_database_when_the_master_key_is_wrong(@TempDir Path folder) {
        String url = "jdbc:h2:file:" + folder.resolve("mine");

        assertThatThrownBy(() ->
                        new JdbcKeyStoreFactory().open(Map.of("DATABASE_URL", url, "APP_ENCRYPTION_KEY", "canary")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("APP_ENCRYPTION_KEY")
                .hasMessageNotContaining("canary");

        new JdbcKeyStoreFactory()
                .open(Map.of("DATABASE_URL", url, "APP_ENCRYPTION_KEY", "1".repeat(32)))
                .orElseThrow()
                .close();
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_an_error_with_a_remedy(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> new JdbcKeyStoreFactory()
                        .open(Map.of("HYPER_DATA_DIR", file.resolve("below").toString())))
                .isInstanceOf(KeyStoreException.class)
                .hasMessageContaining("set HYPER_DATA_DIR to a folder that this user may write");
    }

    @Test
    void a_wrong_pool_size_is_an_error_that_names_the_setting() {
        assertThatThrownBy(() -> JdbcDatabase.open(Map.of("DATABASE_URL", "jdbc:h2:mem:", "DB_POOL_MAX_SIZE", "many")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DB_POOL_MAX_SIZE must be a whole number from 2 to 1000, was \"many\"");
        assertThatThrownBy(() -> JdbcDatabase.open(Map.of("DATABASE_URL", "jdbc:h2:mem:", "DB_AUTO_MIGRATE", "maybe")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DB_AUTO_MIGRATE");
    }
}
