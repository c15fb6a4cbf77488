package dev.hypergateway.benchmarks.measure;

import dev.hypergateway.benchmarks.load.Target;
import dev.hypergateway.benchmarks.process.Child;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way from the client to the vendor.
 *
 * @param name for the table
 * @param kind what it is
 * @param chat the address for chat calls
 * @param headers further header fields of each request
 * @param model what requests name
 * @param process the server; null when there is none in between
 */
public record Contestant(
        String name,
        Kind kind,
        URI chat,
        Map<String, String> headers,
        String model,
        @Nullable Child process) {

    /** What stands between client and vendor. */
    public enum Kind {
        DIRECT,
        PASS_THROUGH,
        GATEWAY,
        OTHER
    }

    /** A call with two kilobytes of text. */
    Target small(boolean stream) {
        return Target.post(chat, headers, stream, Bodies.small(model, stream));
    }

    /** A call with a picture. */
    Target large() {
        return Target.post(chat, headers, false, Bodies.large(model));
    }

    /** Processor time that the server has used. */
    long cpuNanos() {
        return process == null ? 0 : process.tree().cpuNanos();
    }

    /** The part of it that the just-in-time compiler has used. */
    long compilerNanos() {
        return process == null ? 0 : process.tree().compilerNanos();
    }

    /** The name of the vendor, for the gateway. */
    String way() {
        return name.substring(name.lastIndexOf(' ') + 1);
    }

    boolean is(Kind other) {
        return kind == other;
    }
}
