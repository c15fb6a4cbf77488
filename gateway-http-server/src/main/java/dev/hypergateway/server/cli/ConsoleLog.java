package dev.hypergateway.server.cli;

/** Logging of the standalone server. Must be called before the first logger exists. Stateless. */
final class ConsoleLog {
    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String LEVEL = "HYPER_LOG_LEVEL";

    private ConsoleLog() {}

    /** Uses the compact console form of this package, unless another configuration is named on the Java command line. */
    static void configure() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "dev/hypergateway/server/cli/logback.xml");
        }
    }

    /** Keeps the log to warnings, for commands whose output is meant to be read, unless a level is asked for. */
    static void quiet() {
        if (System.getProperty(LEVEL) == null && System.getenv(LEVEL) == null) {
            System.setProperty(LEVEL, "WARN");
        }
    }
}
