package dev.hypergateway.examples.echo;

import dev.hypergateway.Gateway;
import dev.hypergateway.GatewayException;
import dev.hypergateway.InvalidRequestException;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;

/** Uses the own provider like any other: it is found by its line in {@code META-INF/services}. */
public final class AskEcho {
    private AskEcho() {}

    public static void main(String[] args) {
        // docs: own-provider
        try (Gateway ai =
                Gateway.builder().environmentKey("echo", "echo-anything").build()) {
            ai.providers().forEach(provider -> System.out.println(provider.id() + ": " + provider.displayName()));
            System.out.println(ai.chat("echo/echo-1", "Is anybody there?").text());
        }
        // end docs
        try (Gateway ai = Gateway.builder()
                .environmentKey("echo", "a-wrong-key")
                .environmentKey("echo", "echo-anything")
                .build()) {
            try (ChatStream stream = ai.stream(ChatRequest.of("echo-1", "Streams work, failover too."))) {
                System.out.println(
                        stream.text() + " (" + stream.trace().attempts().size() + " attempts)");
            }
            refusal(ai);
        }
    }

    private static void refusal(Gateway ai) {
        ChatRequest twoAnswers =
                ChatRequest.builder().model("echo/echo-1").user("Hello").n(2).build();
        // docs: errors
        try {
            System.out.println(ai.chat(twoAnswers).text());
        } catch (InvalidRequestException e) {
            System.out.println("Refused, correct '" + e.param().orElse("the request") + "': " + e.getMessage());
        } catch (GatewayException e) {
            System.out.println("No answer (" + e.code() + "), try again in "
                    + e.retryAfter().map(wait -> wait.toSeconds() + " s").orElse("a while"));
        }
        // end docs
    }
}
