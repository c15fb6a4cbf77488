package dev.hypergateway;

/** Placeholder, to be replaced by the first real class of this module and then deleted. */
public final class Placeholder {
    private Placeholder() {}

    /** Returns the name of the module. */
    public static String module() {
        return "gateway-core";
    }
}
