package dev.hypergateway.examples.quickstart;

// docs: hello-imports
import dev.hypergateway.Gateway;
// end docs

/** The shortest program. It needs {@code GOOGLE_AI_STUDIO_API_KEY} in the environment or in a file {@code .env}. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        // docs: hello
        try (Gateway ai = Gateway.fromEnv()) {
            System.out.println(ai.chat("google/gemini-2.5-flash", "Why is the sky blue?").text());
        }
        // end docs
    }
}
