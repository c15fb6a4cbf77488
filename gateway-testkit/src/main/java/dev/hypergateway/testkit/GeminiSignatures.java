package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Signatures of thoughts: each one is new, and fits only the call that it was given for. Signatures of Google's that were recorded
 * are taken as they are. Thread-safe.
 */
final class GeminiSignatures {
    private static final AtomicLong SERIAL = new AtomicLong();

    /** What Google's documentation gives to callers whose history is not Gemini's. */
    private static final List<String> STAND_INS =
            List.of("skip_thought_signature_validator", "context_engineering_is_the_way_to_go");

    private static final String PREFIX = "sandbox-";

    /** Google's own: nothing can be told but that they are long. */
    private static final Pattern REAL = Pattern.compile("[A-Za-z0-9+/_=-]{100,}");

    private GeminiSignatures() {}

    /** That of an answer in words. */
    static String ofText() {
        return of("text");
    }

    /** That of a call. */
    static String ofCall(String name, JsonNode arguments) {
        return of(subject(name, arguments));
    }

    /** Whether it may stand with this call. */
    static boolean fits(String signature, String name, JsonNode arguments) {
        String text = decoded(signature);
        if (text.startsWith(PREFIX)) {
            return text.equals(signed(text.substring(0, Math.max(0, text.indexOf('.'))), subject(name, arguments)));
        }
        return STAND_INS.contains(signature)
                || STAND_INS.contains(text)
                || REAL.matcher(signature).matches();
    }

    private static String decoded(String signature) {
        try {
            return new String(Base64.getDecoder().decode(signature), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static String of(String subject) {
        return Base64.getEncoder()
                .encodeToString(
                        signed(PREFIX + SERIAL.incrementAndGet(), subject).getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(String serial, String subject) {
        return serial + "." + Fingerprint.of((serial + subject).getBytes(StandardCharsets.UTF_8));
    }

    private static String subject(String name, JsonNode arguments) {
        return name + (arguments.isMissingNode() ? "{}" : Json.compact(arguments));
    }
}
