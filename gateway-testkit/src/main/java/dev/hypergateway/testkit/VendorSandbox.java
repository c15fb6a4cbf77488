package dev.hypergateway.testkit;

import dev.hypergateway.transport.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The vendors on this machine: local servers on free loopback ports that speak the wire formats of Gemini's native API, of
 * xAI, of Perplexity and of GigaChat, with the vendors' own error bodies and with faults on demand. Thread-safe. Nothing leaves
 * the machine.
 *
 * <pre>{@code
 * try (VendorSandbox sandbox = VendorSandbox.start()) {
 *     sandbox.gemini()
 *             .acceptOnly()
 *             .script("dead-key", Reply.invalidKey())
 *             .script("good-key", Reply.ok());
 *     // point the code under test at sandbox.settings(), call it, then look at what arrived:
 *     assertThat(sandbox.gemini().attempts("dead-key")).isEqualTo(1);
 *     assertThat(sandbox.gemini().lastRequest().model()).contains("gemini-2.5-flash");
 * }
 * }</pre>
 *
 * <p>The default answer is {@code You said: } and the last text of the user. Directives in that text ask for more:
 *
 * <ul>
 *   <li>{@code [[words:60]]}: exactly 60 numbered words, {@code word1 word2 …}, one to a chunk;
 *   <li>{@code [[echo-request]]}: the answer is the request as it arrived, as compact JSON with the model in front;
 *   <li>{@code [[tool:weather]] {"city":"Berlin"}}: a call of that function, if the request declares it;
 *   <li>{@code [[think]]}: thoughts before the answer, where model and request allow them;
 *   <li>{@code [[finish:SAFETY]]}: the answer ends for that {@linkplain SandboxAnswer.Finish reason};
 *   <li>{@code [[cached:12]]}: 12 tokens of the prompt came from the vendor's cache.
 * </ul>
 *
 * <p>A request for vectors gets the same one for the same text, without meaning; a request for pictures gets a picture of one pixel.
 * In its prompt {@code [[finish:SAFETY]]} makes the vendor's filter withhold it, and {@code [[no-picture]]} makes models that chat
 * answer without one.
 *
 * <p>A request for JSON gets a document that fits its schema, or {@code {"answer": …}} without one. Token limits and stop sequences
 * cut the answer as a vendor does. A request for several answers gets the same one several times. Tokens are words.
 */
public final class VendorSandbox implements AutoCloseable {
    private final GeminiServer gemini;
    private final VendorServer xai;
    private final VendorServer perplexity;
    private final GigaChatServer gigachat;

    private VendorSandbox(GeminiServer gemini, VendorServer xai, VendorServer perplexity, GigaChatServer gigachat) {
        this.gemini = gemini;
        this.xai = xai;
        this.perplexity = perplexity;
        this.gigachat = gigachat;
    }

    /**
     * Starts all vendors.
     *
     * @throws UncheckedIOException when no loopback port can be opened
     */
    public static VendorSandbox start() {
        try {
            List<VendorServer> started = new ArrayList<>();
            try {
                for (Dialect dialect : List.of(new XaiDialect(), new PerplexityDialect())) {
                    started.add(new VendorServer(dialect, Threads.perTask("vendor-sandbox")));
                }
                GeminiServer gemini = GeminiServer.start(Threads.perTask("vendor-sandbox"));
                started.add(gemini);
                GigaChatServer gigachat = GigaChatServer.start(Threads.perTask("vendor-sandbox"));
                return new VendorSandbox(gemini, started.get(0), started.get(1), gigachat);
            } catch (IOException e) {
                started.forEach(VendorServer::close);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox found no free port on the loopback interface", e);
        }
    }

    /** Gemini's native API, with its Files API. */
    public GeminiServer gemini() {
        return gemini;
    }

    /** xAI. */
    public VendorServer xai() {
        return xai;
    }

    /** Perplexity. */
    public VendorServer perplexity() {
        return perplexity;
    }

    /** GigaChat: the host that gives out tokens, and the API. */
    public GigaChatServer gigachat() {
        return gigachat;
    }

    /**
     * The settings that point a gateway here: {@code GEMINI_API_BASE_URL}, {@code XAI_API_BASE_URL},
     * {@code PERPLEXITY_API_BASE_URL}, {@code GIGACHAT_CHAT_URL} and {@code GIGACHAT_TOKEN_URL}.
     */
    public Map<String, String> settings() {
        return Map.of(
                "GEMINI_API_BASE_URL", gemini.baseUri().toString(),
                "XAI_API_BASE_URL", xai.baseUri().toString(),
                "PERPLEXITY_API_BASE_URL", perplexity.baseUri().toString(),
                "GIGACHAT_CHAT_URL", gigachat.chatUrl(),
                "GIGACHAT_TOKEN_URL", gigachat.tokenUrl());
    }

    /** Brings all vendors back to how they started; connections stay. */
    public void reset() {
        gemini.reset();
        xai.reset();
        perplexity.reset();
        gigachat.reset();
    }

    /** Stops all vendors and closes their connections. */
    @Override
    public void close() {
        gemini.close();
        xai.close();
        perplexity.close();
        gigachat.close();
    }

    @Override
    public String toString() {
        return "VendorSandbox[" + gemini + ", " + xai + ", " + perplexity + ", " + gigachat + "]";
    }
}
