package dev.hypergateway.benchmarks.failover;

import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.SandboxAnswer;
import dev.hypergateway.testkit.VendorServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A way in which the first vendor fails. */
enum Scenario {
    LIMITED_BRIEFLY("429 once, with a hint of 2 s", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            vendor.script(keys.get(0), Reply.rateLimited(Duration.ofSeconds(2)), Reply.ok());
        }
    },
    LIMITED_AGAIN("429 with Retry-After: 2, always", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.rateLimited(Duration.ofSeconds(2)));
        }

        @Override
        boolean grokFirst() {
            // Gemini says it in the body.
            return true;
        }
    },
    LIMITED("429 on every key, without a hint", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.overCapacity());
        }
    },
    FAILS_ONCE("500 once", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            vendor.script(keys.get(0), Reply.serverError(), Reply.ok());
        }
    },
    DOWN("503 always", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.overloaded());
        }
    },
    RESETS("connection reset before headers, always", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.resetBeforeHeaders());
        }
    },
    HANGS("no answer at all", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.hang());
        }
    },
    SILENT("headers, then twenty silent seconds", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.ok().firstTokenAfter(Duration.ofSeconds(20)));
        }
    },
    CUT("cut after 40 of 60 chunks", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.ok().cutAfter(40));
        }
    },
    STALLS("stall after 20 of 60 chunks", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.ok().stallAfter(20));
        }
    },
    MALFORMED("a malformed event among 60", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.ok().malformedEventAt(30));
        }
    },
    NO_DONE("a stream without [DONE]", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.ok().withoutDone());
        }

        @Override
        boolean grokFirst() {
            // Gemini's streams have no [DONE] that could be missing.
            return true;
        }
    },
    NO_FINISH("a stream without a finish reason", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.ok().withoutFinish());
        }
    },
    TOO_LONG("context too long", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.contextTooLong());
        }
    },
    FILTERED("content filter", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.contentFiltered());
        }
    },
    KEYS_DEAD("every key rejected", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            always(vendor, keys, Reply.invalidKey());
        }
    },
    RESCUED_ANEW("cut after 40 of 60 chunks, rescue on; the fallback gives the same answer", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            CUT.play(vendor, keys);
        }

        @Override
        Map<String, String> settings() {
            return RESCUE;
        }
    },
    RESCUED_ONWARDS("cut after 40 of 60 chunks, rescue on; the fallback goes on from a beginning", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            CUT.play(vendor, keys);
        }

        @Override
        boolean aboutFallback() {
            return true;
        }

        @Override
        boolean grokFirst() {
            return true;
        }

        @Override
        Map<String, String> settings() {
            return RESCUE;
        }
    },
    PREFILL_REFUSED("cut after 40 of 60 chunks, rescue on; the fallback refuses beginnings", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            CUT.play(vendor, keys);
        }

        @Override
        boolean aboutFallback() {
            return true;
        }

        @Override
        boolean grokFirst() {
            return true;
        }

        @Override
        String gemini() {
            return NO_PREFILL;
        }

        @Override
        Map<String, String> settings() {
            return WRONG_RESCUE;
        }
    },
    PREFILL_REFUSED_AND_OTHER_TEXT(
            "cut after 40 of 60 chunks, rescue on; the fallback refuses beginnings and answers otherwise", true) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            CUT.play(vendor, keys);
        }

        @Override
        void prepare(VendorServer fallback) {
            fallback.answerer(request -> SandboxAnswer.text("In other words, something else."));
        }

        @Override
        boolean aboutFallback() {
            return true;
        }

        @Override
        boolean grokFirst() {
            return true;
        }

        @Override
        String gemini() {
            return NO_PREFILL;
        }

        @Override
        Map<String, String> settings() {
            return WRONG_RESCUE;
        }
    };

    /** Gemini models from 3.5 on refuse a conversation that ends with the model's turn. */
    private static final String NO_PREFILL = "google/gemini-3.6-flash";

    private static final Map<String, String> RESCUE = Map.of("HYPER_MID_STREAM", "resume");
    private static final Map<String, String> WRONG_RESCUE =
            Map.of("HYPER_MID_STREAM", "resume", "HYPER_PREFILL_MODELS", NO_PREFILL);

    private final String title;
    private final boolean streamOnly;

    Scenario(String title, boolean streamOnly) {
        this.title = title;
        this.streamOnly = streamOnly;
    }

    /** Makes the vendor fail for these keys; keys without a script are good. */
    abstract void play(VendorServer vendor, List<String> keys);

    /** Whether there is nothing to see without a fallback. */
    boolean aboutFallback() {
        return false;
    }

    /** Makes the other vendor answer in a way of its own. */
    void prepare(VendorServer fallback) {}

    /** Whether xAI is the first vendor and Gemini the fallback; else it is the other way round. */
    boolean grokFirst() {
        return false;
    }

    /** The model of Gemini. */
    String gemini() {
        return "google/gemini-2.5-flash";
    }

    /** Settings of the server beside those of all scenarios. */
    Map<String, String> settings() {
        return Map.of();
    }

    String title() {
        return title;
    }

    /** Whether it can happen to streams only. */
    boolean streamOnly() {
        return streamOnly;
    }

    static void always(VendorServer vendor, List<String> keys, Reply... replies) {
        keys.forEach(key -> vendor.script(key, replies));
    }

    /** The scenario with this name, in any case. */
    static Scenario named(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no scenario " + name + "; there are " + Arrays.toString(values())));
    }
}
