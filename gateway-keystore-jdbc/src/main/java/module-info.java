/**
 * Provider keys, gateway keys and the audit log in a database.
 *
 * <pre>{@code
 * Map<String, String> settings = System.getenv();
 * try (JdbcDatabase database = JdbcDatabase.open(settings)) {
 *     KeyStore keys = new JdbcKeyStore(database, MasterKeys.open(database, settings));
 *     keys.add(Owner.LOCAL, new NewProviderKey("google", Secret.of("AIza…"), "first"));
 * }
 * }</pre>
 */
@SuppressWarnings("requires-automatic") // H2 and Jdbi have no module descriptor.
module dev.hypergateway.keystore.jdbc {
    requires static transitive org.jspecify;
    requires com.h2database;
    requires com.zaxxer.hikari;
    requires transitive dev.hypergateway.core;
    requires io.leangen.geantyref; // Jdbi needs it, and as an automatic module cannot say so.
    requires java.sql;
    requires org.jdbi.v3.core;
    requires org.slf4j;

    exports dev.hypergateway.keystore.jdbc;

    provides dev.hypergateway.key.KeyStoreFactory with
            dev.hypergateway.keystore.jdbc.JdbcKeyStoreFactory;
}
