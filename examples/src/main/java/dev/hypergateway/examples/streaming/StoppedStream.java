package dev.hypergateway.examples.streaming;

import dev.hypergateway.CallCancelledException;
import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Reads a long answer word by word, until another thread presses stop. That ends the request at the vendor too, so nobody pays
 * for the words that were not read.
 */
public final class StoppedStream {
    private static final int ENOUGH_PIECES = 5;

    private StoppedStream() {}

    public static void main(String[] args) throws InterruptedException {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.gemini().script("my-key", Reply.ok().between(Duration.ofMillis(25)));
            read(vendors.settings());
        }
    }

    static void read(Map<String, String> settings) throws InterruptedException {
        try (Gateway ai = Gateway.builder()
                .settings(settings)
                .environmentKey("google", "my-key")
                .build()) {
            // The sandbox answers with 200 words.
            read(ai.stream(ChatRequest.of("google/gemini-2.5-flash", "Write a long story. [[words:200]]")));
        }
    }

    private static void read(ChatStream story) throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(ENOUGH_PIECES);
        Thread stopButton = new Thread(() -> stopWhen(enough, story), "stop-button");
        stopButton.start();
        // docs: streaming
        try (ChatStream stream = story) {
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.TextDelta delta) {
                    System.out.print(delta.text());
                    enough.countDown();
                }
            }
            System.out.println();
        } catch (CallCancelledException e) {
            System.out.println(" … stopped");
        }
        // end docs
        stopButton.join();
    }

    // docs: cancel
    private static void stopWhen(CountDownLatch enough, ChatStream stream) {
        try {
            enough.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stream.close();
    }
    // end docs
}
