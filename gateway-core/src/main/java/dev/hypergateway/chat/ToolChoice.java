package dev.hypergateway.chat;

import java.util.Map;
import java.util.Objects;

/** Whether and which tool the model must use. Immutable. */
public sealed interface ToolChoice {
    /** The model decides. */
    ToolChoice AUTO = new Mode("auto");
    /** The model must not call a tool. */
    ToolChoice NONE = new Mode("none");
    /** The model must call at least one tool. */
    ToolChoice REQUIRED = new Mode("required");

    /** The model must call this function. */
    static ToolChoice function(String name) {
        return new Named(name);
    }

    /**
     * One of the general modes.
     *
     * @param value {@code auto}, {@code none}, {@code required} or a word of the vendor's own
     */
    record Mode(String value) implements ToolChoice {
        public Mode {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * One function by name.
     *
     * @param name name of a tool of the request
     */
    record Named(String name) implements ToolChoice {
        public Named {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * A choice in a shape that this library does not name.
     *
     * @param fields the JSON object as sent
     */
    record Other(Map<String, Object> fields) implements ToolChoice {
        public Other {
            fields = Fields.copyOf(fields);
        }
    }
}
