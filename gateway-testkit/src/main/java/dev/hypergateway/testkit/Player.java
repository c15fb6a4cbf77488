package dev.hypergateway.testkit;

import dev.hypergateway.testkit.wire.WireExchange;
import dev.hypergateway.testkit.wire.WireHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Sends one reply at its pace and with its faults. */
final class Player {
    private final Dialect dialect;
    private final WireExchange exchange;
    private final RecordedRequest recorded;
    private final Route route;
    private final Reply reply;

    Player(Dialect dialect, WireExchange exchange, RecordedRequest recorded, Route route, Reply reply) {
        this.dialect = dialect;
        this.exchange = exchange;
        this.recorded = recorded;
        this.route = route;
        this.reply = reply;
    }

    /** Sends a response that is no answer. */
    RecordedRequest.End whole(WireResponse response) throws IOException {
        exchange.pause(reply.pace().beforeHeaders());
        send(response);
        return RecordedRequest.End.COMPLETED;
    }

    /** Sends vectors, pictures or a list, with the faults of a body that is sent whole. */
    RecordedRequest.End other(Outcome.Answer outcome, WireResponse response) throws IOException {
        return outcome.faults().isEmpty() || response.status() != 200
                ? whole(response)
                : unstreamed(outcome, custom(response.headers()), response.body(), 1);
    }

    RecordedRequest.End raw(Outcome.Raw raw) throws IOException {
        WireHeaders headers = new WireHeaders().add("Content-Type", raw.contentType());
        return whole(new WireResponse(raw.status(), headers, Json.bytes(raw.body()), false));
    }

    RecordedRequest.End hang() throws IOException {
        exchange.hang();
        return RecordedRequest.End.BROKEN;
    }

    RecordedRequest.End reset() throws IOException {
        exchange.pause(reply.pace().beforeHeaders());
        exchange.reset();
        return RecordedRequest.End.BROKEN;
    }

    RecordedRequest.End answer(Outcome.Answer outcome, SandboxRequest request, SandboxAnswer answer)
            throws IOException {
        if (outcome.has(StreamFault.ERROR_WITH_200)) {
            WireResponse error = dialect.error(
                    Outcome.Refusal.of(VendorError.OVERLOADED),
                    unstreamed(route),
                    recorded.key().orElse(null));
            return whole(new WireResponse(200, error.headers(), error.body(), error.chunked()));
        }
        boolean finish = !outcome.endsEarly() && !outcome.has(StreamFault.NO_FINISH);
        WireHeaders headers = custom(dialect.answerHeaders(route, request));
        if (!route.streamed()) {
            int pieces = answer.textChunks().size() + answer.reasoningChunks().size();
            return unstreamed(outcome, headers, dialect.whole(request, answer, finish), pieces);
        }
        boolean done = !outcome.endsEarly() && !outcome.has(StreamFault.NO_DONE);
        Dialect.Rendering rendering = dialect.stream(request, answer, route, finish, done);
        exchange.pause(reply.pace().beforeHeaders());
        begin(headers);
        return outcome.has(StreamFault.EMPTY) ? end() : streamed(outcome, rendering);
    }

    private RecordedRequest.End streamed(Outcome.Answer outcome, Dialect.Rendering rendering) throws IOException {
        List<byte[]> chunks = rendering.chunks();
        for (int i = 0; i < chunks.size(); i++) {
            if (faultAt(outcome, i)) {
                return fault(outcome, chunks.get(i));
            }
            silence(i == 0 ? reply.pace().firstToken() : reply.pace().between());
            if (outcome.has(StreamFault.TRUNCATED)) {
                return fault(outcome, chunks.get(i));
            }
            exchange.write(outcome.at(StreamFault.MALFORMED) == i + 1 ? broken(chunks.get(i)) : chunks.get(i));
            recorded.chunksSent(i + 1);
        }
        if (outcome.endsEarly()) {
            return fault(outcome, dialect.comment());
        }
        for (byte[] event : rendering.ending()) {
            exchange.write(event);
        }
        return end();
    }

    private static boolean faultAt(Outcome.Answer outcome, int sent) {
        return outcome.at(StreamFault.STALL) == sent
                || outcome.at(StreamFault.CUT) == sent
                || outcome.at(StreamFault.RESET) == sent
                || outcome.at(StreamFault.ERROR_EVENT) == sent;
    }

    private RecordedRequest.End fault(Outcome.Answer outcome, byte[] next) throws IOException {
        if (outcome.has(StreamFault.STALL)) {
            while (reply.pace().commentsEvery() != null) {
                silence(reply.pace().commentsEvery().plusMillis(1));
            }
            exchange.hang();
        } else if (outcome.has(StreamFault.ERROR_EVENT)) {
            exchange.write(dialect.errorEvent(route));
            return end();
        } else if (outcome.has(StreamFault.RESET)) {
            exchange.reset();
        } else if (outcome.has(StreamFault.TRUNCATED)) {
            exchange.writePartly(next, next.length / 2);
            exchange.cut();
        } else {
            exchange.cut();
        }
        return RecordedRequest.End.BROKEN;
    }

    private RecordedRequest.End unstreamed(Outcome.Answer outcome, WireHeaders headers, byte[] body, int pieces)
            throws IOException {
        Pace pace = reply.pace();
        exchange.pause(pace.beforeHeaders());
        exchange.pause(pace.firstToken());
        exchange.pause(pace.between().multipliedBy(Math.max(0, pieces - 1)));
        if (outcome.has(StreamFault.EMPTY)) {
            begin(headers);
            return end();
        }
        if (outcome.has(StreamFault.ERROR_EVENT)) {
            WireResponse error = dialect.error(
                    Outcome.Refusal.of(VendorError.OVERLOADED),
                    route,
                    recorded.key().orElse(null));
            send(new WireResponse(200, error.headers(), error.body(), error.chunked()));
            return RecordedRequest.End.COMPLETED;
        }
        begin(headers);
        if (outcome.has(StreamFault.TRUNCATED)) {
            return fault(outcome, body);
        }
        if (outcome.endsEarly()) {
            exchange.write(Arrays.copyOf(body, body.length / 2));
            return fault(outcome, body);
        }
        exchange.write(outcome.has(StreamFault.MALFORMED) ? Arrays.copyOf(body, body.length / 2) : body);
        return end();
    }

    /** Waits, with comments in between where the reply has them. */
    private void silence(Duration duration) throws IOException {
        Duration interval = reply.pace().commentsEvery();
        Duration left = duration;
        while (interval != null && interval.compareTo(left) < 0) {
            exchange.pause(interval);
            exchange.write(dialect.comment());
            left = left.minus(interval);
        }
        exchange.pause(left);
    }

    /** Cuts the JSON of an event in half and keeps its framing. */
    private static byte[] broken(byte[] event) {
        int end = event.length;
        while (end > 0 && (event[end - 1] == '\n' || event[end - 1] == '\r')) {
            end--;
        }
        byte[] result = Arrays.copyOf(event, end / 2 + event.length - end);
        System.arraycopy(event, end, result, end / 2, event.length - end);
        return result;
    }

    private void begin(WireHeaders headers) throws IOException {
        recorded.statusSent(200);
        exchange.begin(200, headers);
    }

    private RecordedRequest.End end() throws IOException {
        exchange.end();
        return RecordedRequest.End.COMPLETED;
    }

    private void send(WireResponse response) throws IOException {
        recorded.statusSent(response.status());
        WireHeaders headers = custom(response.headers());
        if (response.chunked()) {
            exchange.begin(response.status(), headers);
            exchange.write(response.body());
            exchange.end();
        } else {
            exchange.respond(response.status(), headers, response.body());
        }
    }

    private WireHeaders custom(WireHeaders headers) {
        for (Map.Entry<String, String> field : reply.headers().entrySet()) {
            headers.set(field.getKey(), field.getValue());
        }
        return headers;
    }

    private static Route unstreamed(Route route) {
        return new Route(route.target(), route.model(), Route.Style.WHOLE);
    }
}
