/** The engine of Hyper AI Gateway. */
module dev.hypergateway.core {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires java.net.http;
    requires org.slf4j;

    exports dev.hypergateway;
}
