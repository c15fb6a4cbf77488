package dev.hypergateway.providers.gemini;

/** Placeholder, to be replaced by the first real class of this module and then deleted. */
public final class Placeholder {
    private Placeholder() {}

    /** Returns the name of the module. */
    public static String module() {
        return "gateway-providers-gemini";
    }
}
