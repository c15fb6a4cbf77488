/** The gateway as a server. */
@SuppressWarnings("requires-automatic") // Micrometer has no module descriptor.
module dev.hypergateway.server {
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;
    requires static dev.hypergateway.testkit;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires transitive dev.hypergateway.core;
    requires dev.hypergateway.keystore.jdbc;
    requires info.picocli;
    requires java.net.http;
    requires jdk.httpserver;
    requires jdk.management;
    requires micrometer.core;
    requires org.slf4j;

    exports dev.hypergateway.server;

    opens dev.hypergateway.server.cli to
            info.picocli;
}
