package dev.hypergateway.server.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id under which a request is found in answers and logs. Stateless. */
final class RequestId {
    static final String HEADER = "x-request-id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:\\-]{0,127}");

    private RequestId() {}

    /** The caller's own id if it is harmless in headers and logs, else one of ours. */
    static String of(@Nullable String given) {
        return given != null && SANE.matcher(given).matches() ? given : "req_" + random() + random();
    }

    /** Unique is enough: nobody gains anything by guessing it. */
    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
