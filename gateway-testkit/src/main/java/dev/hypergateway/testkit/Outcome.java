package dev.hypergateway.testkit;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a reply is, apart from its pace. */
sealed interface Outcome {

    /** An answer, whole or with faults; the value of a fault is its position. */
    record Answer(Map<StreamFault, Integer> faults) implements Outcome {
        static final Answer WHOLE = new Answer(Map.of());

        public Answer {
            faults = Map.copyOf(faults);
        }

        boolean has(StreamFault fault) {
            return faults.containsKey(fault);
        }

        /** The position of a fault, or -1. */
        int at(StreamFault fault) {
            return faults.getOrDefault(fault, -1);
        }

        boolean endsEarly() {
            return faults.keySet().stream().anyMatch(StreamFault::endsEarly);
        }
    }

    /** A row of the vendor's error table. */
    record Refusal(
            VendorError error,
            @Nullable Duration retryAfter,
            @Nullable String message) implements Outcome {
        static Refusal of(VendorError error) {
            return new Refusal(error, null, null);
        }
    }

    /** A response given word for word. */
    record Raw(int status, String body, String contentType) implements Outcome {}

    /** Nothing at all, until the client gives up. */
    record Hang() implements Outcome {}

    /** A RST instead of a response. */
    record Reset() implements Outcome {}
}
