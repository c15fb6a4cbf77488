package dev.hypergateway.examples.quickstart;

// docs: hello
import dev.hypergateway.Gateway;

public final class Hello {
    public static void main(String[] args) {
        try (Gateway ai = Gateway.fromEnv()) {
            System.out.println(
                    ai.chat("google/gemini-2.5-flash", "Why is the sky blue?").text());
        }
    }
}
// end docs
