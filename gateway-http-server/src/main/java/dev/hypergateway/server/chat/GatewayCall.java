package dev.hypergateway.server.chat;

import dev.hypergateway.CallCancelledException;
import dev.hypergateway.CallOptions;
import dev.hypergateway.Gateway;
import dev.hypergateway.GatewayException;
import dev.hypergateway.openai.OpenAiError;
import dev.hypergateway.openai.OpenAiFormatException;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.InvalidField;
import dev.hypergateway.server.http.Reply;
import dev.hypergateway.trace.CallTrace;
import java.io.IOException;
import java.util.function.BiFunction;

/** One call of the gateway for one request; whatever goes wrong is answered in the form of the endpoint's surface. Stateless. */
final class GatewayCall {
    private GatewayCall() {}

    /**
     * Runs the call, with errors in OpenAI's form.
     *
     * @param work reads the request, makes the call on the caller's behalf and sends its answer
     * @throws IOException when nobody waits for an answer any more
     */
    static void run(Exchange exchange, Gateway gateway, Work work) throws IOException {
        try {
            run(exchange, gateway, work, CallErrors::reply);
        } catch (OpenAiFormatException e) {
            OpenAiError error = e.toError();
            exchange.reply(Reply.json(error.status(), error.toJson()));
        }
    }

    /** Runs the call, with errors as {@code {"detail": "…"}}. */
    static void runWithDetail(Exchange exchange, Gateway gateway, Work work) throws IOException {
        try {
            run(exchange, gateway, work, CallErrors::detail);
        } catch (OpenAiFormatException e) {
            throw new InvalidField("body", e.param() == null ? "body" : e.param(), String.valueOf(e.getMessage()));
        }
    }

    private static void run(
            Exchange exchange, Gateway gateway, Work work, BiFunction<Exchange, GatewayException, Reply> errors)
            throws IOException {
        CallOptions options = new CallOptions(exchange.owner(), CallerKeys.of(exchange, gateway.providers()));
        try {
            work.run(options);
        } catch (CallCancelledException e) {
            throw new IOException("the call was cancelled, nobody waits for an answer", e);
        } catch (GatewayException e) {
            exchange.reply(errors.apply(exchange, e));
        }
    }

    /** Sends a whole answer with what the call went through. */
    static void reply(Exchange exchange, byte[] json, CallTrace trace) throws IOException {
        exchange.reply(Reply.json(200, json).with(CallReport.headers(exchange, trace)));
    }

    /** What differs between the endpoints. */
    @FunctionalInterface
    interface Work {
        void run(CallOptions options) throws IOException;
    }
}
