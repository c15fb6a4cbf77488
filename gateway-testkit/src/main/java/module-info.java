/** Local servers that speak the wire formats of the vendors. */
module dev.hypergateway.testkit {
    requires static org.assertj.core;
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api;
    requires com.fasterxml.jackson.databind;
    requires transitive dev.hypergateway.core;
    requires jdk.httpserver;
    requires org.slf4j;

    exports dev.hypergateway.testkit;
}
