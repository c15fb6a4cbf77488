package dev.hypergateway.server.cli;

import java.util.Objects;

/** The main class of the standalone jar. Placeholder, to be replaced: it only prints the version. */
public final class HyperGatewayCli {
    private HyperGatewayCli() {}

    /**
     * Prints the name and version.
     *
     * @param args ignored
     */
    public static void main(String[] args) {
        String version = HyperGatewayCli.class.getPackage().getImplementationVersion();
        System.out.println("Hyper AI Gateway " + Objects.requireNonNullElse(version, "(development)"));
    }
}
