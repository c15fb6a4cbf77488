/** The key store on a database. */
@SuppressWarnings("requires-automatic") // Jdbi has no module descriptor.
module dev.hypergateway.keystore.jdbc {
    requires static transitive org.jspecify;
    requires com.zaxxer.hikari;
    requires transitive dev.hypergateway.core;
    requires java.sql;
    requires org.jdbi.v3.core;
    requires org.slf4j;

    exports dev.hypergateway.keystore.jdbc;
}
