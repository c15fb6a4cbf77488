package dev.hypergateway.benchmarks.failover;

import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A way in which the first vendor fails. */
enum Scenario {
    LIMITED_BRIEFLY("429 once, with a hint of 2 s", false) {
        @Override
        void play(VendorServer vendor, List<String> keys) {
            vendor.script(keys.get(0), Reply.rateLimited(Duration.ofSeconds(2)), Reply.ok());
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
    };

    private final String title;
    private final boolean streamOnly;

    Scenario(String title, boolean streamOnly) {
        this.title = title;
        this.streamOnly = streamOnly;
    }

    /** Makes the vendor fail for these keys; keys without a script are good. */
    abstract void play(VendorServer vendor, List<String> keys);

    String title() {
        return title;
    }

    /** Whether it can happen to streams only. */
    boolean streamOnly() {
        return streamOnly;
    }

    private static void always(VendorServer vendor, List<String> keys, Reply... replies) {
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
