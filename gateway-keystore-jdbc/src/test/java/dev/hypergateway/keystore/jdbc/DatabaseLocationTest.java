package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseLocationTest {
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "postgres"})
    void takes_the_url_of_the_original_service(String scheme) {
        DatabaseLocation location =
                of(scheme + "://gate%40way:p%40ss%3A%2Fw%25+rd@db.example:6432/keys?sslmode=require");

        assertThat(location.dialect()).isEqualTo(Dialect.POSTGRESQL);
        assertThat(location.jdbcUrl())
                .startsWith("jdbc:postgresql://db.example:6432/keys?")
                .contains("sslmode=require");
        assertThat(location.user()).isEqualTo("gate@way");
        assertThat(location.password()).isEqualTo("p@ss:/w%+rd");
        assertThat(location.place()).isEqualTo("PostgreSQL at db.example:6432/keys");
        assertThat(location.jdbcUrl() + location).doesNotContain("p@ss").doesNotContain("p%40ss");
    }

    @Test
    void takes_an_unencoded_at_sign_in_the_password() {
        DatabaseLocation location = of("postgresql://user:pa@ss@localhost/db");

        assertThat(location.password()).isEqualTo("pa@ss");
        assertThat(location.jdbcUrl()).startsWith("jdbc:postgresql://localhost/db?");
    }

    @Test
    void takes_the_url_of_the_jdbc_driver() {
        DatabaseLocation location = of("jdbc:postgresql://db:5432/keys?user=me&password=a%26b&ssl=true");

        assertThat(location.user()).isEqualTo("me");
        assertThat(location.password()).isEqualTo("a&b");
        assertThat(location.jdbcUrl())
                .startsWith("jdbc:postgresql://db:5432/keys?")
                .contains("ssl=true");
        assertThat(location.jdbcUrl()).doesNotContain("password").doesNotContain("user=");
    }

    @Test
    void takes_several_hosts_and_the_parameters_of_libpq() {
        DatabaseLocation location =
                of("postgresql://u:p@one:5432,two:5433/db?connect_timeout=3&target_session_attrs=read-write");

        assertThat(location.jdbcUrl())
                .startsWith("jdbc:postgresql://one:5432,two:5433/db?")
                .contains("connectTimeout=3")
                .contains("targetServerType=primary");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql:///db, //localhost/db",
        "postgresql://db.example, //db.example/",
        "postgresql://u@/db, //localhost/db",
        "postgresql://[::1]:5432/db, //[::1]:5432/db",
    })
    void fills_in_what_a_url_leaves_out(String url, String address) {
        assertThat(of(url).jdbcUrl()).startsWith("jdbc:postgresql:" + address + "?");
        assertThat(of(url).password()).isNull();
    }

    @Test
    void takes_h2_urls_and_keeps_the_password_out_of_sight() {
        DatabaseLocation location = of("jdbc:h2:file:/data/keys;user=me;PASSWORD=hush;CIPHER=AES");

        assertThat(location.dialect()).isEqualTo(Dialect.H2);
        assertThat(location.user()).isEqualTo("me");
        assertThat(location.password()).isEqualTo("hush");
        assertThat(location.jdbcUrl()).startsWith("jdbc:h2:file:/data/keys;").contains("CIPHER=AES");
        assertThat(location.jdbcUrl() + location).doesNotContain("hush");
        assertThat(location.place()).isEqualTo("H2 at /data/keys");
        assertThat(location.durable()).isTrue();
    }

    @Test
    void an_unnamed_h2_database_in_memory_is_one_for_all_connections() {
        DatabaseLocation location = of("jdbc:h2:mem:");

        assertThat(location.jdbcUrl()).matches("jdbc:h2:mem:[0-9a-f-]{36};.*DB_CLOSE_DELAY=-1.*");
        assertThat(location.durable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://root:canary@localhost/db",
                "jdbc:mysql://localhost/db?password=canary",
                "canary",
                "postgresql+psycopg2://u:canary@h/db",
                "postgresql://u:canary%4@h/db",
                "jdbc:h2:",
            })
    void refuses_other_urls_without_repeating_them(String url) {
        assertThatThrownBy(() -> of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DATABASE_URL")
                .hasMessageContaining("postgresql://user:password@host:5432/name")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @Test
    void is_a_file_in_the_data_folder_by_default(@TempDir Path temporary) throws Exception {
        Path folder = temporary.resolve("not/yet/there");

        DatabaseLocation location =
                DatabaseLocation.of(new Settings(Map.of("HYPER_DATA_DIR", folder.toString(), "DATABASE_URL", " ")));

        assertThat(location.jdbcUrl()).startsWith("jdbc:h2:file:" + folder.resolve("gateway") + ";");
        assertThat(Files.isDirectory(folder)).isTrue();
        Assumptions.assumeTrue(DataDirectory.isPosix(), "file permissions are a matter of POSIX systems");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void the_data_folder_is_in_the_home_by_default() {
        Path home = Path.of(System.getProperty("user.home"));

        assertThat(DataDirectory.locate(new Settings(Map.of()))).isEqualTo(home.resolve(".hyper-gateway"));
        assertThat(DataDirectory.locate(new Settings(Map.of("HYPER_DATA_DIR", "~/keys"))))
                .isEqualTo(home.resolve("keys"));
    }

    private static DatabaseLocation of(String url) {
        return DatabaseLocation.of(new Settings(Map.of("DATABASE_URL", url)));
    }
}
