package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.provider.Redactor;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamHeaders;
import dev.hypergateway.transport.UpstreamRequest;
import dev.hypergateway.transport.UpstreamResponse;
import dev.hypergateway.transport.UpstreamStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Base of adapters for vendors that speak OpenAI's chat completions over HTTP. A subclass says how its vendor differs; requests
 * are passed on whole, unnamed fields included. Thread-safe, as long as the subclass keeps no state.
 */
public abstract class OpenAiDialectProvider implements ChatProvider {
    /** Error bodies are short; a page of HTML beyond this says nothing more. */
    static final int LONGEST_ERROR = 64 * 1024;

    private final ErrorClassifier errors;

    /**
     * @param errors how to read the vendor's errors
     */
    protected OpenAiDialectProvider(ErrorClassifier errors) {
        this.errors = Objects.requireNonNull(errors, "errors");
    }

    @Override
    public ChatResponse chat(ChatRequest request, ProviderCall call) {
        ChatResponse response = exchange(request(request, call, false), call, body -> read(request, body));
        return response.usage()
                .map(usage -> response.toBuilder().usage(convert(usage)).build())
                .orElse(response);
    }

    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        UpstreamStream answer;
        try {
            answer = call.http().open(request(request, call, true), call.control());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
        if (answer.isSuccess()) {
            return new DialectStream(this, call, answer);
        }
        try (answer) {
            throw failed(answer.status(), answer.headers(), answer.readBody(LONGEST_ERROR), call);
        } catch (TransportException e) {
            throw failed(answer.status(), answer.headers(), new byte[0], call);
        }
    }

    @Override
    public List<Model> listModels(ProviderCall call) {
        return listModels(call, "/models");
    }

    /**
     * Asks for a list of models.
     *
     * @param path path of the list below the base address
     * @throws ProviderException when the attempt fails
     */
    protected final List<Model> listModels(ProviderCall call, String path) {
        Map<String, String> headers = new LinkedHashMap<>(headers(call));
        headers.putIfAbsent("Accept", "application/json");
        return exchange(UpstreamRequest.get(call.endpoint(path), headers), call, ModelListReader::read);
    }

    /**
     * Sends a request and reads the whole answer, for what a vendor does besides chats, such as embeddings:
     *
     * <pre>{@code
     * post("/embeddings", EmbeddingRequestWriter.write(request, call.model(), "base64"), call, EmbeddingResponseReader::read)
     * }</pre>
     *
     * @param path path below the base address
     * @param body a UTF-8 JSON document
     * @param reader makes the answer of the body; may throw {@link OpenAiFormatException}
     * @throws ProviderException when the attempt fails, with the vendor's error classified
     */
    protected final <T> T post(String path, byte[] body, ProviderCall call, Function<byte[], T> reader) {
        Map<String, String> headers = new LinkedHashMap<>(headers(call));
        headers.putIfAbsent("Accept", "application/json");
        return exchange(UpstreamRequest.postJson(call.endpoint(path), headers, body), call, reader);
    }

    /** Path of the chat endpoint below the base address. */
    protected String chatPath() {
        return "/chat/completions";
    }

    /** Header fields of every request; {@code Authorization: Bearer} with the call's key unless overridden. */
    protected Map<String, String> headers(ProviderCall call) {
        return Map.of("Authorization", "Bearer " + call.credential().secret().reveal());
    }

    /** The request as this vendor wants it; unchanged unless overridden. */
    protected ChatRequest adjust(ChatRequest request, ProviderCall call) {
        return request;
    }

    /**
     * Reads the whole answer to a request; as OpenAI's unless overridden.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it is no answer
     * @throws InBandErrorException when it is an error object
     */
    protected ChatResponse read(ChatRequest request, byte[] body) {
        return ChatResponseReader.read(body);
    }

    /** The vendor's figures counted as OpenAI counts them; unchanged unless overridden. */
    protected Usage convert(Usage usage) {
        return usage;
    }

    /** The failure that the vendor's error answer means; an outage in the middle of an answer is an interruption. */
    ProviderException failed(int status, UpstreamHeaders headers, byte[] body, ProviderCall call) {
        Failure classified = errors.classify(status, headers, body, call.credential());
        // Once more here, so that no classifier of a subclass can forget it.
        Failure failure = classified.toBuilder()
                .message(Redactor.redact(classified.message(), call.credential().secret()))
                .build();
        if (!call.control().contentSeen() || !failure.kind().isOutage()) {
            return new ProviderException(failure);
        }
        return new ProviderException(Failure.builder(FailureKind.INTERRUPTED, failure.message())
                .httpStatus(
                        failure.httpStatus().isPresent() ? failure.httpStatus().getAsInt() : null)
                .code(failure.code().orElse(null))
                .requestId(failure.requestId().orElse(null))
                .retryAfter(failure.retryAfter().orElse(null))
                .build());
    }

    /** A 2xx answer that is neither an answer nor an error object. */
    static ProviderException unreadable(byte[] body, OpenAiFormatException problem, Credential credential) {
        String excerpt = new String(body, 0, Math.min(body.length, 512), StandardCharsets.UTF_8).stripLeading();
        String what = excerpt.startsWith("<")
                ? "an HTML page in place of JSON: " + Redactor.redact(Failures.excerpt(body), credential.secret())
                : String.valueOf(problem.getMessage());
        return Failures.unreadable(what, problem);
    }

    private UpstreamRequest request(ChatRequest request, ProviderCall call, boolean stream) {
        Map<String, String> headers = new LinkedHashMap<>(headers(call));
        headers.putIfAbsent("Accept", stream ? "text/event-stream" : "application/json");
        return UpstreamRequest.postJson(
                call.endpoint(chatPath()),
                headers,
                ChatRequestWriter.pieces(adjust(request, call), call.model(), stream, true));
    }

    private <T> T exchange(UpstreamRequest request, ProviderCall call, Function<byte[], T> reader) {
        UpstreamResponse answer = send(request, call);
        try {
            return reader.apply(answer.body());
        } catch (InBandErrorException e) {
            throw failed(answer.status(), answer.headers(), answer.body(), call);
        } catch (OpenAiFormatException e) {
            throw unreadable(answer.body(), e, call.credential());
        }
    }

    private UpstreamResponse send(UpstreamRequest request, ProviderCall call) {
        UpstreamResponse answer;
        try {
            answer = call.http().send(request, call.control());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
        if (!answer.isSuccess()) {
            throw failed(answer.status(), answer.headers(), answer.body(), call);
        }
        return answer;
    }
}
