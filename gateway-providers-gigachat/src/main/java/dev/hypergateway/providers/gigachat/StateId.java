package dev.hypergateway.providers.gigachat;

import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GigaChat's opaque state of a function call, {@code functions_state_id}, which should come back with the call's result. It
 * travels in {@code extra_content.gigachat.functions_state_id} of the tool call, and, for clients that drop unknown fields, inside
 * the id of the tool call, which GigaChat does not have and we make up. So it survives restarts and other nodes. Stateless.
 */
final class StateId {
    /** No vendor's own ids begin so; 40 characters in all, which is what the strictest of them take back. */
    private static final String PREFIX = "giga_";

    private static final Pattern CALL_ID = Pattern.compile(
            PREFIX + "(\\p{XDigit}{8})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{12})\\w{3}");
    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private StateId() {}

    /** An id for a call with this state. Two calls with the same state get different ids. */
    static String callId(@Nullable String state, Supplier<UUID> ids) {
        String random = ids.get().toString().replace("-", "");
        return state != null && UUID_FORM.matcher(state).matches()
                ? PREFIX + state.replace("-", "") + random.substring(0, 3)
                : "call_" + random;
    }

    /** The state of an earlier call, from its unnamed fields or from its id. */
    static @Nullable String of(Map<String, Object> extra, String callId) {
        String state = in(extra);
        if (state != null) {
            return state;
        }
        Matcher id = CALL_ID.matcher(callId);
        return id.matches() ? String.join("-", id.group(1), id.group(2), id.group(3), id.group(4), id.group(5)) : null;
    }

    /** The state among these unnamed fields of a tool call or message. */
    static @Nullable String in(Map<String, Object> extra) {
        return extra.get("extra_content") instanceof Map<?, ?> content
                        && content.get("gigachat") instanceof Map<?, ?> gigachat
                        && gigachat.get("functions_state_id") instanceof String state
                        && !state.isEmpty()
                ? state
                : null;
    }

    /** Unnamed fields that hold the state, or none. */
    static Map<String, Object> fields(@Nullable String state) {
        return state == null
                ? Map.of()
                : Map.of("extra_content", Map.of("gigachat", Map.of("functions_state_id", state)));
    }
}
