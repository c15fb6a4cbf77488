package dev.hypergateway.chat;

import dev.hypergateway.json.JsonRecord;
import dev.hypergateway.json.JsonShapeException;
import dev.hypergateway.json.JsonText;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function tool with the code that runs it, made by {@link Tool#of}. Immutable, and as thread-safe as its body.
 *
 * @param <A> record of its arguments
 */
public final class ToolFunction<A extends Record> {
    private static final Logger LOG = LoggerFactory.getLogger(ToolFunction.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Tool.Function definition;
    private final JsonRecord<A> arguments;
    private final Body<? super A> body;

    ToolFunction(String name, String description, Class<A> arguments, Body<? super A> body) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be 1 to 64 letters, digits, '_' or '-', was \"" + name + "\"");
        }
        this.arguments = JsonRecord.of(arguments);
        this.body = Objects.requireNonNull(body, "body");
        this.definition = new Tool.Function(
                name,
                Objects.requireNonNull(description, "description"),
                this.arguments.schema(),
                this.arguments.strict() ? true : null,
                Map.of());
    }

    /** The function's name. */
    public String name() {
        return definition.name();
    }

    /** The tool as the model gets to know it. */
    public Tool.Function definition() {
        return definition;
    }

    /**
     * Runs a call of the model's. Arguments that do not fit and exceptions of the body become a result that tells the model so:
     * the exception's message, without its stack trace.
     *
     * @throws InterruptedException when the body was interrupted
     */
    public Message.ToolResult run(ToolCall call) throws InterruptedException {
        A read;
        try {
            read = arguments.read(call.arguments().isBlank() ? "{}" : call.arguments());
        } catch (JsonShapeException e) {
            return failed(call, "The arguments do not fit: " + e.getMessage() + ". Correct them and call again.");
        }
        try {
            Object result = body.run(read);
            return Message.toolResult(call.id(), result instanceof String text ? text : JsonText.of(result));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // a body is the user's own code and may throw anything
            LOG.warn(
                    "The tool {} failed with {}; the model is told",
                    name(),
                    e.getClass().getName());
            LOG.debug("The tool {} failed", name(), e);
            return failed(
                    call,
                    "The tool failed: "
                            + Objects.requireNonNullElse(
                                    e.getMessage(), e.getClass().getSimpleName()));
        }
    }

    /** The result of a call that could not be run. */
    public static Message.ToolResult failed(ToolCall call, String problem) {
        return Message.toolResult(call.id(), JsonText.of(Map.of("error", problem)));
    }

    @Override
    public String toString() {
        return "ToolFunction[" + name() + "]";
    }

    /**
     * What a tool does.
     *
     * @param <A> record of its arguments
     */
    @FunctionalInterface
    public interface Body<A> {
        /**
         * Runs on the thread that made the call.
         *
         * @return text for the model, or anything that {@link JsonText} can write
         * @throws Exception to tell the model that it did not work; the message is shown to it
         */
        @Nullable
        Object run(A arguments) throws Exception;
    }
}
